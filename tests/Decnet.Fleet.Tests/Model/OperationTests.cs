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
    public void A_cut_error_ends_with_a_whole_character()
    {
        var longest = new string('x', Operation.MaxErrorLength);

        Assert.Null(Operation.CutError(null));
        Assert.Same(longest, Operation.CutError(longest));
        Assert.Equal(longest, Operation.CutError(longest + "y"));
        Assert.Equal(longest[1..], Operation.CutError(longest[1..] + "\U0001F41D"));
    }

    [Fact]
    [Trait("Weakness", "L-7.2")]
    public void A_host_is_not_active_for_longer_than_its_signs_of_life_go_on()
    {
        var host = StoreRows.Host(HostId.Local, "alpha") with { Status = FleetHostStatus.Active, LastHeartbeat = StoreRows.Start };

        Assert.Equal(FleetHostStatus.Active, host.StatusAt(StoreRows.Start + FleetHost.SilentAfter));
        Assert.Equal(FleetHostStatus.Silent, host.StatusAt(StoreRows.Start + FleetHost.SilentAfter + TimeSpan.FromTicks(1)));
        Assert.Equal(FleetHostStatus.Silent, (host with { LastHeartbeat = null }).StatusAt(StoreRows.Start));
        Assert.Equal(FleetHostStatus.Lost, (host with { Status = FleetHostStatus.Lost }).StatusAt(StoreRows.Start));
    }

    [Fact]
    public void A_worker_is_stale_after_three_missed_beats_and_stopped_when_it_says_so()
    {
        var worker = StoreRows.Worker(HostId.Local);

        Assert.Equal(WorkerStatus.Alive, worker.StatusAt(worker.LastBeat + Worker.StaleAfter));
        Assert.Equal(WorkerStatus.Stale, worker.StatusAt(worker.LastBeat + Worker.StaleAfter + TimeSpan.FromTicks(1)));
        Assert.Equal(WorkerStatus.Stopped, (worker with { StoppedAt = StoreRows.Start }).StatusAt(StoreRows.Start.AddDays(1)));
    }
}
