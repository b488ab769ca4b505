namespace Decnet.Fleet.Tests.Model;

using Decnet.Fleet.Model;
using Decnet.Testing.Contracts;
using Xunit;

public sealed class OperationTests
{
    [Theory]
    [InlineData(OperationStatus.Pending, true)]
    [InlineData(OperationStatus.Running, true)]
    [InlineData(OperationStatus.Succeeded, false)]
    [InlineData(OperationStatus.Failed, false)]
    public void An_operation_is_open_until_it_ended(OperationStatus status, bool open) =>
        Assert.Equal(open, (StoreRows.Deploy("web-01", 1) with { Status = status }).IsOpen);

    [Fact]
    public void A_worker_is_stale_after_three_missed_beats_and_stopped_when_it_says_so()
    {
        var worker = StoreRows.Worker(HostId.Local);

        Assert.Equal(WorkerStatus.Alive, worker.StatusAt(worker.LastBeat + Worker.StaleAfter));
        Assert.Equal(WorkerStatus.Stale, worker.StatusAt(worker.LastBeat + Worker.StaleAfter + TimeSpan.FromTicks(1)));
        Assert.Equal(WorkerStatus.Stopped, (worker with { StoppedAt = StoreRows.Start }).StatusAt(StoreRows.Start.AddDays(1)));
    }
}
