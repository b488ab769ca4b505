namespace Decnet.PowerShell.Tests.Shell.Inspecting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Shell.Inspecting;
using Decnet.Testing;
using Xunit;
using Output = Decnet.Shell.Output;

public sealed class WorkersTests
{
    [Fact]
    public async Task Workers_are_shown_as_they_are()
    {
        await using var lab = new ShellLab();
        var now = DateTimeOffset.UtcNow;
        await lab.CommitAsync(
            new StateChange.PutWorker(Worker("alive", now)),
            new StateChange.PutWorker(Worker("stale", now.AddMinutes(-2))),
            new StateChange.PutWorker(Worker("stopped", now) with { StoppedAt = now }),
            new StateChange.PutWorker(Worker("elsewhere", now) with { HostId = HostId.Parse("edge") }));

        var workers = await Workers.ListAsync(lab.Session, CancellationToken.None);

        Assert.Equal(["alive", "stale", "stopped"], workers.Where(worker => worker.HostId == "local").Select(worker => worker.Status));
        Assert.Equal(4711, workers[0].ProcessId);
        Assert.Equal(["alive", "stale"], workers.Where(worker => Workers.CanStop(lab.Session, worker)).Select(worker => worker.Name));
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_is_waited_for()
    {
        await using var lab = new ShellLab();
        var fleet = await lab.Session.OpenAsync(StoreAccess.Write, CancellationToken.None);
        var work = Task.Run(() => fleet.MakeWorker(new ReconcilerWorkerOptions()).RunAsync());
        await Eventually.TrueAsync(async () => (await Workers.ListAsync(lab.Session, CancellationToken.None)).Count == 1);

        await Workers.StopAsync(lab.Session, "reconciler", TimeSpan.FromSeconds(30), true, lab.Outlet, CancellationToken.None);

        await work;
        Assert.Empty(lab.Outlet.Faults);
        Assert.Equal("stopped", Assert.IsType<Output.Worker>(Assert.Single(lab.Outlet.Results)).Status);
    }

    [Fact]
    public async Task A_worker_that_does_not_stop_in_time_is_a_fault()
    {
        await using var lab = new ShellLab();
        await lab.CommitAsync(new StateChange.PutWorker(Worker("deaf", DateTimeOffset.UtcNow)));

        await Workers.StopAsync(lab.Session, "deaf", TimeSpan.FromMilliseconds(150), false, lab.Outlet, CancellationToken.None);

        Assert.Equal(("WorkerTimeout", "deaf"), (Assert.Single(lab.Outlet.Faults).Id, lab.Outlet.Faults.First().Target));
        Assert.Empty(lab.Outlet.Results);
    }

    static Worker Worker(string name, DateTimeOffset beat) =>
        new() { Name = name, HostId = HostId.Local, ProcessId = 4711, StartedAt = beat, LastBeat = beat };
}
