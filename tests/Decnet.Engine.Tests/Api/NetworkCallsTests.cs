namespace Decnet.Engine.Tests.Api;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Xunit;

public sealed class NetworkCallsTests(TestEngine engine) : ApiTestBed(engine)
{
    [EngineFact]
    public async Task A_network_lives_through_all_calls()
    {
        var id = await CreateNetworkAsync();
        var container = await CreateAsync("api-member", "exec sleep 600", made => made with { HostConfig = new HostConfig { NetworkMode = Network } });
        await Client.Containers.StartAsync(container, None);

        var listed = Assert.Single(await Client.Networks.ListAsync(EngineFilters.Of(("name", [$"^{Network}$"])), None));
        Assert.Equal((id, "bridge", "198.18.242.0/24"), (listed.Id, listed.Driver, listed.IPAM!.Config![0].Subnet));
        Assert.Equal("decnet", listed.Labels!["com.docker.compose.project"]);
        Assert.Equal("api-member", (await Client.Networks.InspectAsync(id, None)).Containers![container].Name);

        await Client.Networks.DisconnectAsync(id, new NetworkDisconnect { Container = container }, None);
        Assert.Empty((await Client.Networks.InspectAsync(id, None)).Containers!);
        await Client.Networks.ConnectAsync(id, new NetworkConnect { Container = container, EndpointConfig = Fixed("198.18.242.9") }, None);
        Assert.Equal("198.18.242.9/24", (await Client.Networks.InspectAsync(id, None)).Containers![container].IPv4Address);

        var used = await FailAsync(() => Client.Networks.RemoveAsync(id, None));
        Assert.False(used.IsTransient);
        await Client.Containers.RemoveAsync(container, None);
        await Client.Networks.RemoveAsync(id, None);
        await Client.Networks.RemoveAsync(id, None);
        Assert.Equal(RuntimeError.NotFound, (await FailAsync(() => Client.Networks.InspectAsync(id, None))).Error);
    }

    [EngineFact]
    public async Task Names_and_addresses_that_are_taken_are_no_reason_to_try_again()
    {
        var id = await CreateNetworkAsync();
        Assert.Equal(RuntimeError.Conflict, (await FailAsync(() => CreateNetworkAsync())).Error);
        Assert.False((await FailAsync(() => CreateNetworkAsync("api-tests-2"))).IsTransient);

        await Client.Containers.StartAsync(await CreateAsync("api-first", "exec sleep 600", container => At("198.18.242.8", container)), None);
        var second = await CreateAsync("api-second", "exec sleep 600", container => At("198.18.242.8", container));
        var error = await FailAsync(() => Client.Containers.StartAsync(second, None));
        Assert.False(error.IsTransient);
        Assert.Contains("already in use", error.EngineMessage!, StringComparison.Ordinal);
        Assert.Equal(id, (await Client.Networks.InspectAsync(Network, None)).Id);
    }
}
