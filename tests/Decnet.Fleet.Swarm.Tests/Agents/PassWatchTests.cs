namespace Decnet.Fleet.Swarm.Tests.Agents;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Swarm.Agents;
using Xunit;

public sealed class PassWatchTests
{
    [Fact]
    public async Task Only_an_engine_that_does_not_answer_keeps_a_host_from_knowing()
    {
        await using var lab = await AgentLab.OpenAsync();
        using var reconciler = new Reconciler(lab.File, lab.Store, lab.Runtime, new ReconcilerOptions { HostId = AgentLab.Host });
        var watch = new PassWatch();

        watch.Report(await reconciler.ReconcileAsync());
        Assert.Null(watch.Problem);
        lab.Runtime.Unreachable("it is away");
        watch.Report(await reconciler.ReconcileAsync());
        Assert.Contains("it is away", watch.Problem);
        lab.Runtime.Reachable();
        watch.Report(await reconciler.ReconcileAsync());
        Assert.Null(watch.Problem);
    }
}
