namespace Decnet.Fleet.Docker.Tests.Observing;

using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Observing;
using Decnet.Fleet.Docker.Tests.Api;

public sealed class NetworkLossProofTests
{
    static readonly string BaseId = new('b', 64);
    static readonly string ServiceId = new('c', 64);

    [Theory]
    // Words of an engine whose clock was set back after the base had been started.
    [InlineData("Less than a second", "10 seconds", "[\"9\",\"4026531\"]", "[\"8\",\"4026531\"]", false)]
    [InlineData("5 minutes", "2 hours", "[\"9\",\"4026531\"]", "[\"8\",\"4026531\"]", false)]
    [InlineData("Less than a second", "10 seconds", "[\"9\",\"4026532\"]", "[\"8\",\"4026531\"]", true)]
    [InlineData("5 minutes", "2 hours", "[\"9\",\"4026532\"]", "[\"8\",\"4026531\"]", true)]
    // A host that cannot tell.
    [InlineData("5 minutes", "2 hours", "[\"9\",\"-\"]", "[\"8\",\"-\"]", true)]
    [InlineData("5 minutes", "2 hours", "[\"9\"]", "null", true)]
    [InlineData("5 minutes", "2 hours", null, null, true)]
    [InlineData("Less than a second", "10 seconds", null, null, false)]
    public async Task A_service_is_cut_off_only_when_its_processes_have_another_network(
        string baseAge, string serviceAge, string? baseProcess, string? serviceProcess, bool lost)
    {
        await using var engine = FakeEngine.Start()
            .On("GET", "/containers/json", Listing(baseAge, serviceAge))
            .On("GET", $"/containers/{BaseId}/top", Processes(baseProcess))
            .On("GET", $"/containers/{ServiceId}/top", Processes(serviceProcess));

        var observed = await new ContainerObserver(engine.Client, TimeProvider.System, FleetProject.Default).ObserveAsync(TestContext.Current.CancellationToken);

        var service = Assert.IsType<ObservedState.Known>(observed).Containers.Single(container => container.Role == ContainerRole.Service);
        Assert.Equal(lost, service.NetworkLost);
    }

    [Fact]
    public async Task Nothing_more_is_asked_while_nothing_seems_lost()
    {
        await using var engine = FakeEngine.Start().On("GET", "/containers/json", Listing("2 hours", "2 hours"));
        await new ContainerObserver(engine.Client, TimeProvider.System, FleetProject.Default).ObserveAsync(TestContext.Current.CancellationToken);
        Assert.Single(engine.Calls);
    }

    static FakeReply Processes(string? process) => process is null
        ? FakeReply.Json("""{"message":"exec: \"ps\": executable file not found in $PATH"}""", 500)
        : FakeReply.Json($$"""{"Titles":["PID","NETNS"],"Processes":[{{process}}]}""");

    static FakeReply Listing(string baseAge, string serviceAge) => FakeReply.Json($$$"""
        [{"Id":"{{{ServiceId}}}","Names":["/web-01-ssh"],"State":"running","Status":"Up {{{serviceAge}}}","HostConfig":{"NetworkMode":"container:{{{BaseId}}}"},
          "Labels":{"com.docker.compose.project":"decnet","decnet.fleet.decky":"web-01","decnet.fleet.role":"service","decnet.fleet.service_name":"ssh"}},
         {"Id":"{{{BaseId}}}","Names":["/web-01"],"State":"running","Status":"Up {{{baseAge}}}","HostConfig":{"NetworkMode":"decnet_lan"},
          "Labels":{"com.docker.compose.project":"decnet","decnet.fleet.decky":"web-01","decnet.fleet.role":"base"}}]
        """);
}
