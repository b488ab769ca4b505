namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Telemetry;
using Decnet.Testing;
using Xunit;

[Collection(nameof(AloneCollection))]
public sealed class UnheardTelemetryTests
{
    [Fact]
    public void Measuring_a_converged_pass_for_nobody_allocates_nothing()
    {
        var snapshot = new Scene(Sample.Deckies(1000)).Snapshot();
        var result = new ReconcileResult { Plan = ReconcilePlanner.Plan(snapshot), Steps = [] };
        End(snapshot, result);

        Assert.True(result.IsConverged);
        Assert.False(FleetTelemetry.CountsDeckies);
        Assert.Equal(0, End(snapshot, result));
    }

    static long End(FleetSnapshot snapshot, ReconcileResult result)
    {
        using var telemetry = new PassTelemetry(TimeProvider.System, CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        telemetry.Ended(snapshot.Recorded, result);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
