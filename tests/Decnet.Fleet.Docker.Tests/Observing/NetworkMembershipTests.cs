namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using System.Text.Json;
using Decnet.Fleet.Docker.Observing;

public sealed class NetworkMembershipTests
{
    [Theory]
    [InlineData("""{"Networks":{}}""", true)]
    [InlineData("""{"Networks":{"shop":{"Aliases":["decnet_lan"]},"decnet_lan2":{}}}""", true)]
    [InlineData("""{"Networks":{"shop":{},"decnet_lan":{"IPAddress":"198.18.0.2"},"x":null}}""", false)]
    [InlineData("""{"Networks":{"decnet_lan":null}}""", false)]
    [InlineData("""{"Networks":null}""", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    public async Task A_running_base_without_the_fleets_network_has_lost_it(string settings, bool lost) =>
        Assert.Equal(lost, await IsLostAsync("running", "base", settings));

    [Theory]
    [InlineData("exited", "base")]
    [InlineData("created", "base")]
    [InlineData("running", "service")]
    public async Task Containers_that_do_not_run_or_share_a_network_have_none_to_lose(string state, string role) =>
        Assert.False(await IsLostAsync(state, role, """{"Networks":{}}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"Networks":[]}""")]
    [InlineData("true")]
    public async Task Networks_in_another_shape_are_an_error(string settings) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => IsLostAsync("running", "base", settings));

    static async Task<bool> IsLostAsync(string state, string role, string settings)
    {
        var listing =
            $$$"""
            [{"Id":"a","State":"{{{state}}}","NetworkSettings":{{{settings}}},"Labels":{"com.docker.compose.project":"decnet",
            "decnet.fleet.decky":"web","decnet.fleet.service_name":"ssh","decnet.fleet.role":"{{{role}}}"}}]
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(listing));
        var listed = await new ContainerListReader(new TextCache(), FleetProject.Default).ReadAsync(stream, TestContext.Current.CancellationToken);
        return Assert.Single(listed).Container.NetworkLost;
    }
}
