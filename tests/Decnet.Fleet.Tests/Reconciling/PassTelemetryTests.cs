namespace Decnet.Fleet.Tests.Reconciling;

using System.Diagnostics;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class PassTelemetryTests : IDisposable
{
    const string Passes = "decnet.reconcile.passes";
    const string Steps = "decnet.reconcile.steps";
    const string Deckies = "decnet.deckies";

    readonly Lab lab = new();
    readonly TamperedRuntime runtime;
    readonly Reconciler reconciler;

    public PassTelemetryTests()
    {
        runtime = new TamperedRuntime(lab.Runtime);
        reconciler = new Reconciler(lab.File, lab.Store, runtime, null, lab.Clock, new Random(1));
    }

    [Fact]
    public async Task A_pass_that_brings_deckies_up_counts_its_steps_and_traces_each_decky()
    {
        using var recorder = new TelemetryRecorder();

        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"), Sample.Decky("db", "198.18.0.11"));

        Assert.Equal(["1 outcome=changed"], recorder.Of(Passes));
        Assert.Equal(
            ["1 action=insert outcome=done", "1 action=insert outcome=done", "1 action=replace_decky outcome=done", "1 action=replace_decky outcome=done"],
            recorder.Of(Steps).Where(step => !step.Contains("update", StringComparison.Ordinal)));
        Assert.Equal(States(running: 2), recorder.Of(Deckies));
        Assert.Equal(
            ["decnet.pass changed", "decnet.repair done db", "decnet.repair done web"],
            recorder.Ended.Select(Describe).Order(StringComparer.Ordinal));
        var pass = recorder.Ended.Single(activity => activity.OperationName == "decnet.pass");
        Assert.Equal(recorder.Of(Steps).Count, pass.GetTagItem("steps"));
        Assert.All(recorder.Ended, activity => Assert.Equal(pass.TraceId, activity.TraceId));
        Assert.All(recorder.Ended.Where(activity => activity != pass), repair => Assert.Equal(pass.SpanId, repair.ParentSpanId));
    }

    [Fact]
    public async Task A_converged_pass_counts_itself_and_the_deckies_alone()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"));
        using var recorder = new TelemetryRecorder();

        await lab.PassAsync();

        Assert.Equal(["1 outcome=converged"], recorder.Of(Passes));
        Assert.Empty(recorder.Of(Steps));
        Assert.Equal(States(running: 1), recorder.Of(Deckies));
        Assert.Equal(["decnet.pass converged"], recorder.Ended.Select(Describe));
    }

    [Fact]
    public async Task Deckies_are_counted_as_the_pass_leaves_them()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"), Sample.Decky("db", "198.18.0.11"), Sample.Decky("dc", "198.18.0.12"));
        lab.Runtime.CrashBase(Decnet.Fleet.Model.DeckyName.Parse("web"));
        await lab.File.SaveAsync(Sample.Fleet(Sample.Decky("web", "198.18.0.10"), Sample.Decky("db", "198.18.0.11"), Sample.Decky("new", "198.18.0.13")));
        using var recorder = new TelemetryRecorder();

        await lab.PassAsync(RepairMode.Off);
        Assert.Equal(States(running: 1, failed: 1, tornDown: 1), recorder.Of(Deckies));

        recorder.Clear();
        await lab.PassAsync();
        Assert.Equal(States(running: 3), recorder.Of(Deckies));
    }

    [Fact]
    public async Task Deletions_over_the_budget_are_counted_as_held()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"), Sample.Decky("db", "198.18.0.11"));
        await lab.File.SaveAsync(Sample.Fleet());
        using var recorder = new TelemetryRecorder();

        await reconciler.ReconcileAsync(new ReconcileOptions { MaxDeletions = DeletionBudget.OfCount(1) });

        Assert.Equal(["1 outcome=held"], recorder.Of(Passes));
        Assert.Equal(["2"], recorder.Of("decnet.reconcile.held_deletes"));
        Assert.Equal(States(running: 2), recorder.Of(Deckies));
    }

    [Fact]
    public async Task A_repair_that_fails_makes_its_pass_one_that_failed()
    {
        await lab.DeployAsync(Sample.Decky("web", "198.18.0.10"), Sample.Decky("db", "198.18.0.11"));
        lab.Runtime.Crash("web-ssh");
        lab.Runtime.Crash("db-ssh");
        lab.Runtime.Fail(new RuntimeFault { Error = RuntimeError.Invalid, Target = "web-ssh" });
        using var recorder = new TelemetryRecorder();

        await lab.PassAsync();

        Assert.Equal(["1 outcome=failed"], recorder.Of(Passes));
        Assert.Contains("1 action=start_container outcome=failed", recorder.Of(Steps));
        Assert.Contains("1 action=start_container outcome=done", recorder.Of(Steps));
        Assert.Equal(
            ["decnet.pass failed", "decnet.repair done db", "decnet.repair failed web"],
            recorder.Ended.Select(Describe).Order(StringComparer.Ordinal));
        Assert.All(recorder.Ended, activity => Assert.Equal(
            activity.GetTagItem("outcome") is "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Unset, activity.Status));
    }

    [Fact]
    public async Task A_pass_that_throws_has_failed_after_the_time_it_took()
    {
        runtime.BeforeObserving = () =>
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(3));
            throw new InvalidOperationException("unforeseen");
        };
        using var recorder = new TelemetryRecorder();

        await Assert.ThrowsAsync<InvalidOperationException>(() => reconciler.ReconcileAsync());

        Assert.Equal(["1 outcome=failed"], recorder.Of(Passes));
        Assert.Equal(["3"], recorder.Of("decnet.reconcile.duration"));
        Assert.Empty(recorder.Of(Deckies));
        Assert.Equal(["decnet.pass failed"], recorder.Ended.Select(Describe));
    }

    [Fact]
    public async Task A_pass_that_is_called_off_is_traced_and_not_counted()
    {
        using var cancel = new CancellationTokenSource();
        runtime.BeforeObserving = async () =>
        {
            await cancel.CancelAsync();
            cancel.Token.ThrowIfCancellationRequested();
        };
        using var recorder = new TelemetryRecorder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reconciler.ReconcileAsync(null, cancel.Token));

        Assert.Empty(recorder.Of(Passes));
        Assert.Equal(["decnet.pass cancelled"], recorder.Ended.Select(Describe));
    }

    [Fact]
    public async Task Making_a_plan_is_no_pass()
    {
        using var recorder = new TelemetryRecorder();

        await reconciler.PlanAsync();

        Assert.Empty(recorder.Of(Passes));
        Assert.Empty(recorder.Ended);
    }

    public void Dispose()
    {
        reconciler.Dispose();
        lab.Dispose();
    }

    static string Describe(Activity activity) => $"{activity.OperationName} {activity.GetTagItem("outcome")} {activity.GetTagItem("decky")}".TrimEnd();

    static string[] States(int running = 0, int failed = 0, int tornDown = 0) =>
    [
        "0 state=pending", $"{running} state=running", "0 state=degraded", $"{failed} state=failed", $"{tornDown} state=torn_down",
        "0 state=tearing_down", "0 state=teardown_failed",
    ];
}
