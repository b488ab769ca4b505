namespace Decnet.Fleet.Tests.Containers;

using Decnet.Fleet.Containers;
using Xunit;

public sealed class LogTailTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("\n\r\n\n", 3, "")]
    [InlineData("one", 3, "one")]
    [InlineData("one\ntwo\n", 3, "one\ntwo")]
    [InlineData("one\r\n\r\ntwo\r\n", 3, "one\n\ntwo")]
    [InlineData("one\ntwo\nthree\nfour\n", 2, "three\nfour")]
    [InlineData("\u001b[31mred\u001b[0m\a\tgrün\u007f\u0085\0", 1, "[31mred[0m\tgrün")]
    public void The_last_lines_are_kept_without_control_characters(string log, int lines, string expected) =>
        Assert.Equal(expected, LogTail.Of(log, lines));

    [Fact]
    public void Of_more_than_4000_characters_the_last_are_kept()
    {
        var lines = Enumerable.Range(0, 2_000).Select(number => $"line {number}").ToArray();

        var tail = LogTail.Of(string.Join('\n', lines), 2_000);

        Assert.Equal(4_000, tail.Length);
        Assert.Equal(string.Join('\n', lines)[^4_000..], tail);
        Assert.Equal(new string('x', 3_999) + "y", LogTail.Of(new string('x', 50_000) + "y", 1));
    }

    [Theory]
    [InlineData(3_999, 3_999)]
    [InlineData(4_000, 4_000)]
    public void A_character_of_two_units_is_kept_whole_or_not_at_all(int after, int expected)
    {
        var tail = LogTail.Of("a😀" + new string('x', after), 1);

        Assert.Equal(new string('x', expected), tail);
    }

    [Fact]
    public void What_is_remembered_does_not_grow_with_what_was_written()
    {
        var tail = new LogTail(int.MaxValue);
        for (var i = 0; i < 1_000; i++)
        {
            tail.Add(new string('x', 10_000));
        }

        tail.Add("end");
        Assert.Equal(new string('x', 3_996) + "\nend", tail.ToString());
    }

    [Fact]
    public void At_least_one_line_must_be_wanted() => Assert.Throws<ArgumentOutOfRangeException>(() => new LogTail(0));
}
