namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;
using static IniSample;

public sealed class LimitsTests
{
    [Theory]
    [InlineData('x', 0, true)]
    [InlineData('x', 1, false)]
    [InlineData('é', 0, false)]
    public void The_size_is_counted_in_bytes_of_utf8(char filling, int surplus, bool fits)
    {
        const string Head = "[web]\n#";
        var text = Head + new string(filling, FleetIniParser.MaxBytes - Head.Length + surplus);
        if (fits)
        {
            Clean(text);
        }
        else
        {
            HasError(text, FleetIniIssueCode.TooLarge, null);
        }
    }

    [Fact]
    public void All_issues_come_at_once_by_line()
    {
        var ini = FleetIniParser.Parse(
            "[a.ssh]\nx = 1\n[Web]\nip = 1\n[general]\nnet = 1\nfoo = 2\n[db\namount = 0\nwords\n[custom-ssh]\nports = 0");
        Assert.Equal([1, 3, 4, 6, 7, 8, 9, 10, 11, 11, 12], ini.Issues.Select(issue => issue.Line!.Value));
        var error = Assert.Throws<FleetValidationException>(ini.ThrowIfInvalid);
        Assert.Equal(ini.Issues, error.Issues);
        Assert.Equal(10, error.Errors.Count);
    }

    [Fact]
    public void The_list_of_issues_is_bounded_and_errors_come_before_warnings()
    {
        var text = "[web]\n" + string.Concat(Enumerable.Range(0, 99).Select(i => $"warned{i} = x\n")) + string.Concat(Enumerable.Repeat("error\n", 500));
        var ini = FleetIniParser.Parse(text);
        Assert.Equal(FleetIniParser.MaxIssues + 1, ini.Issues.Count);
        Assert.All(ini.Issues.Take(200), issue => Assert.Equal(FleetIniIssueCode.MissingDelimiter, issue.Code));
        Assert.Equal(Enumerable.Range(101, 200), ini.Issues.Take(200).Select(issue => issue.Line!.Value));
        var last = ini.Issues.Last();
        Assert.Equal((FleetIniIssueCode.MoreIssues, FleetIssueSeverity.Error), (last.Code, last.Severity));
        Assert.Equal("and 300 more errors and 99 more warnings", last.Message);
    }

    [Fact]
    public void One_error_behind_many_warnings_still_refuses()
    {
        var sections = Enumerable.Range(0, 30).Select(i => $"[w{i}]\n" + string.Concat(Enumerable.Range(0, 99).Select(k => $"unknown{k} = x\n")));
        Assert.False(FleetIniParser.Parse(string.Concat(sections) + "oops").IsValid);
        Assert.True(FleetIniParser.Parse(string.Concat(sections)).IsValid);
    }

    [Fact]
    public void Deckies_are_bounded()
    {
        var text = string.Concat(Enumerable.Range(0, 656).Select(i => $"[g{i}]\namount=100\n"));
        HasError(text, FleetIniIssueCode.TooManyDeckies, 655 * 2 + 1);
        Assert.True(FleetIniParser.Parse(text).Deckies.Count <= FleetIniParser.MaxDeckies);
    }

    [Fact]
    public void Keys_of_a_section_are_bounded()
    {
        var text = "[web]\n[web.ssh]\n" + string.Concat(Enumerable.Range(0, 101).Select(i => $"k{i} = x\n"));
        HasError(text, FleetIniIssueCode.TooManyKeys, 103);
    }

    [Fact]
    public void Texts_of_the_document_are_shortened_in_messages()
    {
        var issue = Issue($"[web]\nip = {new string('9', 100_000)}");
        Assert.True(issue.ToString().Length < 400);
    }
}
