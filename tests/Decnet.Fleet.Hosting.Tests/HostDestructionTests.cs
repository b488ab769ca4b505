namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Xunit;

public sealed class HostDestructionTests : IDisposable
{
    readonly MasterLab lab = new();
    LocalFleet? local;

    [Fact]
    public async Task Asking_tells_what_would_go_and_does_nothing()
    {
        var destruction = await AskAsync(new FakeAgent { Confirmed = _ => throw new InvalidOperationException("it was confirmed") });

        Assert.Equal(["web-01", "/opt/decnet/decnetd"], destruction.Removes);
        Assert.Empty(destruction.Obstacles);
    }

    [Fact]
    public async Task What_cannot_be_removed_keeps_it_from_being_ordered()
    {
        var destruction = await AskAsync(new FakeAgent { Obstacles = ["/opt/decnet is a link"], Confirmed = _ => throw new InvalidOperationException("it was confirmed") });

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => destruction.RunAsync(TimeSpan.Zero));

        Assert.Equal("/opt/decnet is a link", Assert.Single(refused.Issues).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_farewell_of_the_host_is_waited_for(bool succeeds)
    {
        var destruction = await AskAsync(new FakeAgent { Confirmed = order => SayFarewellAsync(order.OperationId, succeeds) });

        var result = await destruction.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(succeeds, result!.Succeeded);
        Assert.Equal(succeeds ? 0 : 1, result.Failed.Count);
        Assert.Equal(succeeds ? 0 : 1, (await local!.Master!.Hosts.ListAsync()).Count);
    }

    [Fact]
    public async Task The_farewell_of_another_order_is_none()
    {
        var destruction = await AskAsync(new FakeAgent { Confirmed = _ => SayFarewellAsync(Guid.Empty, succeeds: false) });

        Assert.Null(await destruction.RunAsync(TimeSpan.Zero));
    }

    async Task<HostDestruction> AskAsync(FakeAgent agent)
    {
        local = await LocalFleet.OpenAsync(lab.Options with { Agents = agent }, StoreAccess.Write);
        return await HostDestruction.AskAsync(local, await MasterLab.RegisterAsync(local, "web-host"));
    }

    /// <summary>As the master that takes reports does.</summary>
    async Task SayFarewellAsync(Guid operationId, bool succeeds)
    {
        await using var ledger = new HostLedger(local!.Store, local.Events, local.File, local.Work, local.Master!.Certificates);
        await ledger.FarewellAsync(HostId.Parse("web-host"), new HostFarewell
        {
            Version = SwarmProtocol.Version,
            HostId = HostId.Parse("web-host"),
            OperationId = operationId,
            Succeeded = succeeds,
            Removed = ["/opt/decnet/decnetd"],
            Failed = succeeds ? [] : ["/opt/decnet is busy"],
        });
    }

    public void Dispose()
    {
        local?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        lab.Dispose();
    }
}
