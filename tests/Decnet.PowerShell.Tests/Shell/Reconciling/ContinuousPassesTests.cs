namespace Decnet.PowerShell.Tests.Shell.Reconciling;

using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Decnet.Shell.Output;
using Decnet.Shell.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class ContinuousPassesTests : IAsyncLifetime
{
    static readonly PassRequest Recreate = new() { Repair = "Recreate" };

    readonly ShellLab lab = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task It_repairs_what_breaks_tells_of_it_and_says_that_it_stopped_when_it_is_cancelled()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        using var stop = new CancellationTokenSource();
        var run = ContinuousPasses.RunAsync(lab.Session, Recreate, TimeSpan.FromSeconds(1), "pwsh-1", lab.Outlet, stop.Token);
        await Eventually.TrueAsync(async () => await StatusAsync("pwsh-1") == WorkerStatus.Alive);

        (await lab.RuntimeAsync()).Crash("decky-01-ssh");
        await Eventually.TrueAsync(() => Task.FromResult(lab.Outlet.Of<ReconcileResult>().Any(result => result.Repaired == 1)));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(WorkerStatus.Stopped, await StatusAsync("pwsh-1"));
        Assert.All(lab.Outlet.Of<ReconcileResult>(), result => Assert.NotEmpty(result.Steps));
    }

    [Fact]
    public async Task It_ends_when_the_worker_is_told_to_stop()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        var run = ContinuousPasses.RunAsync(lab.Session, Recreate, null, "pwsh-2", lab.Outlet, default);
        await Eventually.TrueAsync(async () => await StatusAsync("pwsh-2") == WorkerStatus.Alive);

        await (await lab.OpenAsync()).Service.StopWorkerAsync("pwsh-2", "tester");

        await run.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(WorkerStatus.Stopped, await StatusAsync("pwsh-2"));
    }

    [Fact]
    public async Task What_holds_all_passes_is_warned_of_once()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        (await lab.RuntimeAsync()).Unreachable("away");
        using var stop = new CancellationTokenSource();
        var run = ContinuousPasses.RunAsync(lab.Session, Recreate, TimeSpan.FromSeconds(1), "pwsh-3", lab.Outlet, stop.Token);

        await Eventually.TrueAsync(() => Task.FromResult(lab.Outlet.Results.Count >= 2), TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.All(lab.Outlet.Of<ReconcileResult>(), result => Assert.True(result.Held));
        Assert.Contains("away", Assert.Single(lab.Outlet.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    public async Task An_interval_that_is_too_short_or_too_long_is_refused(long ticks)
    {
        var error = await Assert.ThrowsAsync<FaultException>(() =>
            ContinuousPasses.RunAsync(lab.Session, Recreate, TimeSpan.FromTicks(ticks), "pwsh-4", lab.Outlet, default));
        Assert.Equal(("IntervalInvalid", FaultCategory.InvalidArgument), (error.Fault.Id, error.Fault.Category));
        Assert.False(Directory.Exists(lab.StateDirectory));
    }

    async Task<WorkerStatus?> StatusAsync(string name)
    {
        var fleet = await lab.OpenAsync();
        return (await fleet.Store.ListWorkersAsync()).SingleOrDefault(worker => worker.Name == name)?.StatusAt(fleet.Clock.GetUtcNow());
    }
}
