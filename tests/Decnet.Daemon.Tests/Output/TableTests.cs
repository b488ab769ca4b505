namespace Decnet.Daemon.Tests.Output;

using Decnet.Daemon.Output;
using Xunit;

public sealed class TableTests
{
    [Fact]
    public void Columns_are_aligned_and_lines_have_no_blanks_at_their_end()
    {
        var lines = Table.Lines(["name", "state"], [["a", "running"], ["longer", null]], int.MaxValue);

        Assert.Equal(["NAME    STATE", "a       running", "longer"], lines);
    }

    [Fact]
    public void The_last_column_is_cut_to_the_width()
    {
        var lines = Table.Lines(["name", "reason"], [["web", "a reason that is far too long"]], 20);

        Assert.Equal("web   a reason that…", lines[1]);
        Assert.All(lines, line => Assert.True(line.Length <= 20));
    }

    [Fact]
    public void A_cell_stays_on_its_line() =>
        Assert.Equal("x  a b c", Table.Lines(["n", "r"], [["x", "a\nb\tc"]], int.MaxValue)[1]);

    [Fact]
    public void A_state_is_coloured_and_a_name_is_not() =>
        Assert.Equal("failed-01  \e[31mfailed\e[0m  why it failed", StateColours.Paint("failed-01  failed  why it failed"));
}
