namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Xunit;
using static Decnet.Fleet.Tests.Building.Requests;

public sealed class NameTests
{
    static string[] Names(FleetRequest request) => [.. Build(request).Deckies.Select(decky => decky.Name.Value)];

    [Fact]
    public void Numbers_have_two_digits_or_more()
    {
        var names = Names(Ssh with { Count = 120 });
        Assert.Equal(("decky-01", "decky-99", "decky-100", "decky-120"), (names[0], names[98], names[99], names[119]));
    }

    [Fact]
    public void Numbers_of_existing_deckies_are_left_out()
    {
        var existing = Build(Ssh with { Count = 1 }).Deckies;
        var names = Names(Ssh with { Existing = existing, ReservedNames = [DeckyName.Parse("decky-03")] });
        Assert.Equal(["decky-02", "decky-04", "decky-05"], names);
    }

    [Fact, Trait("Weakness", "W-48")]
    public void Every_name_that_does_not_fit_is_reported_with_one_that_does()
    {
        var issues = Builder().TryBuild(Ssh with { Count = null, Names = ["Web", "-a", "ok", "a.b"] }).Issues;
        Assert.Equal(["bad-name", "bad-name", "bad-name"], issues.Select(issue => issue.Code));
        Assert.Equal(["'web' would fit", "'a' would fit", "'a-b' would fit"], issues.Select(issue => issue.Fix));
    }

    [Theory, Trait("Weakness", "W-48")]
    [InlineData("Web_")]
    [InlineData("-x")]
    [InlineData("")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901")]
    public void A_prefix_that_does_not_fit_is_refused(string prefix) => Assert.Equal("bad-name", Only(Ssh with { NamePrefix = prefix }).Code);

    [Fact, Trait("Weakness", "W-13")]
    public void A_name_that_comes_twice_is_refused() =>
        Assert.Equal(("duplicate-name", "a"), (Only(Ssh with { Names = ["a", "b", "a"] }).Code, Only(Ssh with { Names = ["a", "b", "a"] }).Target));

    [Fact, Trait("Weakness", "W-13")]
    public void The_name_of_an_existing_decky_is_refused() =>
        Assert.Contains("existing", Only(Ssh with { Names = ["a", "b", "c"], ReservedNames = [DeckyName.Parse("c")] }).Message, StringComparison.Ordinal);

    [Fact, Trait("Weakness", "W-13")]
    public void A_name_that_is_a_service_container_of_another_decky_is_refused()
    {
        Assert.Equal("name-collision", Only(Ssh with { Names = ["a-ssh", "a", "b"] }).Code);
        Assert.Equal("name-collision", Only(Ssh with { Count = 2, Names = ["a", "a-docker-api"], Services = ["docker_api"] }).Code);
    }

    [Fact, Trait("Weakness", "W-13")]
    public void A_name_that_could_become_a_service_container_of_another_decky_warns()
    {
        var issue = Only(Ssh with { Names = ["a", "a-http", "b"] });
        Assert.Equal((FleetIssueSeverity.Warning, "name-may-collide"), (issue.Severity, issue.Code));
    }

    [Fact, Trait("Weakness", "W-13")]
    public void The_service_containers_of_existing_deckies_count()
    {
        var existing = Build(Ssh with { Count = 1, Names = ["a"] }).Deckies;
        Assert.Equal("name-collision", Only(Ssh with { Count = 1, Names = ["a-ssh"], Existing = existing }).Code);
    }

    [Fact, Trait("Weakness", "W-13")]
    public void Service_containers_of_two_deckies_never_have_the_same_name()
    {
        var api = new ServiceDefinition { Slug = "api", DisplayName = "API", Image = "lab/api:1", Ports = [new(PortProtocol.Tcp, 9999)] };
        var request = Ssh with { Count = 2, Names = ["x", "x-docker"], Services = ["docker_api", "api"], Catalog = new() { Services = [api] } };
        Assert.Equal("name-collision", Only(request).Code);
    }
}
