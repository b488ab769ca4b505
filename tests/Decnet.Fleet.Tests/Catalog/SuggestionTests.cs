namespace Decnet.Fleet.Tests.Catalog;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Xunit;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("htp", "http")]
    [InlineData("shs", "ssh")]
    [InlineData("postgresql", "postgres")]
    [InlineData("docker-api", "docker_api")]
    [InlineData("MySQL", "mysql")]
    [InlineData("elasticsearhc", "elasticsearch")]
    public void A_slip_finds_its_word(string word, string expected) =>
        Assert.Equal(expected, Suggestion.Nearest(word, FleetCatalog.BuiltIn.ServicePool));

    [Theory]
    [InlineData("")]
    [InlineData("minecraft")]
    public void Something_else_finds_nothing(string word) => Assert.Null(Suggestion.Nearest(word, FleetCatalog.BuiltIn.ServicePool));

    [Fact]
    public void A_blank_candidate_is_never_meant() => Assert.Null(Suggestion.Nearest("a", [" ", ""]));

    [Fact]
    public void A_very_long_word_costs_nothing() => Assert.Null(Suggestion.Nearest(new string('a', 1_000_000), ["http"]));

    [Fact]
    public void Neither_work_nor_text_grows_with_the_number_of_candidates()
    {
        var looked = 0;
        var fix = Suggestion.Fix("plc", Enumerable.Range(0, 100_000).Select(i => { looked++; return $"plc{i}"; }));
        Assert.Equal("did you mean 'plc0'? more than 60 are known", fix);
        Assert.Equal(Suggestion.MaxCandidates, looked);
    }

    [Fact]
    [Trait("Weakness", "W-06")]
    public void An_unknown_os_family_names_the_nearest_and_all()
    {
        FleetIssue issue = UnknownSlug.OsFamily(FleetCatalog.BuiltIn, "widows");
        Assert.Equal("unknown-os-family", issue.Code);
        Assert.Equal("did you mean 'windows'? known: bsd, cisco, embedded, linux, windows, windows_server", issue.Fix);
    }
}
