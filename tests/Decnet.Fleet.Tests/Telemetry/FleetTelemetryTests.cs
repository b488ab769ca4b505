namespace Decnet.Fleet.Tests.Telemetry;

using Decnet.Fleet.Telemetry;
using Decnet.Testing;
using Xunit;

public sealed class FleetTelemetryTests
{
    [Fact]
    public void Operations_are_counted_and_timed_by_kind_and_outcome()
    {
        using var recorder = new TelemetryRecorder();

        FleetTelemetry.OperationEnded("deploy", "failed", TimeSpan.FromMilliseconds(1_500));

        Assert.Equal(["1 kind=deploy outcome=failed"], recorder.Of("decnet.operations"));
        Assert.Equal(["1.5 kind=deploy outcome=failed"], recorder.Of("decnet.operations.duration"));
    }

    [Fact]
    public void Mutations_are_counted_by_trigger()
    {
        using var recorder = new TelemetryRecorder();

        FleetTelemetry.Mutated("schedule");

        Assert.Equal(["1 trigger=schedule"], recorder.Of("decnet.mutations"));
    }
}
