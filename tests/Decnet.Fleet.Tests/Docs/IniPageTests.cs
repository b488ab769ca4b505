namespace Decnet.Fleet.Tests.Docs;

using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;

public sealed class IniPageTests
{
    const string IniPage = "docs/ini.md";

    public static TheoryData<string, int> Examples()
    {
        var data = new TheoryData<string, int>();
        foreach (var page in new[] { IniPage, "README.md" })
        {
            for (var i = 0; i < Page.Blocks(page, "ini").Count; i++)
            {
                data.Add(page, i);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_builds_without_errors_and_its_text_without_warnings(string page, int index)
    {
        var ini = FleetIniParser.Parse(Page.Blocks(page, "ini")[index]);
        Assert.Empty(ini.Issues);
        Assert.Empty(new FleetBuilder().TryBuild(ini, new() { Seed = 1 }).Errors);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_again_changes_nothing(string page, int index)
    {
        var ini = FleetIniParser.Parse(Page.Blocks(page, "ini")[index]);
        var before = new FleetBuilder().Build(ini).Deckies;
        Assert.Equal(before, new FleetBuilder().Build(ini, new FleetIniOptions { Previous = before }).Deckies);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_can_be_written_and_built_again(string page, int index)
    {
        var losses = new List<FleetIssue>();
        var fleet = new FleetBuilder().Build(FleetIniParser.Parse(Page.Blocks(page, "ini")[index]));
        var again = new FleetBuilder().Build(FleetIniParser.Parse(FleetIniWriter.Write(fleet, losses)));
        Assert.Empty(losses);
        Assert.Equal(fleet.Deckies.Select(WithoutTimes), again.Deckies.Select(WithoutTimes));

        static Decky WithoutTimes(Decky decky) => decky with { LastMutated = null };
    }

    [Fact]
    public void The_examples_mean_what_the_page_says()
    {
        var fleets = Page.Blocks(IniPage, "ini").Select(text => new FleetBuilder().Build(FleetIniParser.Parse(text))).ToList();
        var quoted = fleets[1].Deckies[0].ServiceConfig;
        Assert.Equal(("50%off#today", "backup; ok"), (quoted["ssh"]["password"].ToString(), quoted["ssh"]["user"].ToString()));
        Assert.Equal("<html>\n<body>It works!</body>\n</html>", quoted["http"]["custom_body"].ToString());
        Assert.Equal(["pc-01", "pc-02", "pc-03", "files-01"], fleets[2].Deckies.Select(decky => decky.Name.Value));
        Assert.Equal([false, true], fleets[3].Deckies.Select(decky => decky.ServiceConfig["rdp"]["nla"].Boolean));
        Assert.Equal("<h1>It works!</h1>", fleets[3].Deckies[1].ServiceConfig["https"]["custom_body"].ToString());
        Assert.Equal(["/bin/plc", "--name", "Press 1", "-p", "4840"], fleets[4].Catalog!.Services[0].Command);
    }

    [Fact]
    public void The_faulty_example_has_the_faults_that_the_page_lists()
    {
        var faulty = Assert.Single(Page.Blocks(IniPage, "ini-with-faults"));
        var issues = new FleetBuilder().TryBuild(FleetIniParser.Parse(faulty), new() { Seed = 1 }).Issues;
        Assert.All(issues, issue => Assert.NotNull(issue.Line));
        Assert.All(issues, issue => Assert.NotNull(issue.Fix));
        Assert.Equal(string.Concat(issues.Select(issue => issue + "\n")), Assert.Single(Page.Blocks(IniPage, "text")));
    }

    [Fact]
    public void The_page_tells_of_every_key_and_limit()
    {
        var page = Page.Read(IniPage);
        foreach (var key in IniKeys.General.Concat(IniKeys.Decky).Concat(IniKeys.Custom))
        {
            Assert.Contains($"\n| `{key}` |", page, StringComparison.Ordinal);
        }

        Assert.Contains($"{FleetIniParser.MaxBytes / 1024} KiB", page, StringComparison.Ordinal);
        Assert.Contains($"| {FleetIniParser.MaxGroupSize} |", page, StringComparison.Ordinal);
        Assert.Contains($"| {FleetIniParser.MaxDeckies:N0} |", page, StringComparison.Ordinal);
        Assert.Contains($"| keys of a section | {FleetIniParser.MaxKeysPerSection} |", page, StringComparison.Ordinal);
        Assert.Contains($"| {FleetIniParser.MaxIssues}, errors first", page, StringComparison.Ordinal);
    }
}
