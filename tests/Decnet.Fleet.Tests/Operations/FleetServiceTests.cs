namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

public sealed class FleetServiceTests
{
    [Fact]
    public async Task Begun_work_returns_its_operations_and_goes_on()
    {
        await using var shop = new Workshop();

        var work = await shop.Service.BeginDeployAsync(Sample.Fleet(Sample.Deckies(5)));

        Assert.All(work.Operations, operation => Assert.Equal(OperationStatus.Pending, operation.Status));
        var result = await work.Completion;
        Assert.Equal(work.Operations.Select(operation => operation.Id), result.Operations.Select(operation => operation.Id));
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Closing_the_service_cancels_work_and_leaves_no_operation_open()
    {
        var shop = new Workshop(AtOnce with { Retry = new RetryOptions() });
        shop.Runtime.Unreachable("connection refused");
        var work = await shop.Service.BeginDeployAsync(Sample.Fleet(Sample.Deckies(2)));

        await shop.Service.DisposeAsync();

        Assert.True((await work.Completion).Cancelled);
        Assert.Empty((await shop.Store.ReadAsync(HostId.Local)).OpenOperations);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => shop.DeployAsync(Sample.Deckies(1)));
        await shop.DisposeAsync();
    }

    [Fact]
    public async Task Progress_tells_of_every_transition_and_counts_the_ended()
    {
        await using var shop = new Workshop();
        var news = new NewsList();

        await shop.Service.DeployAsync(Sample.Fleet(Sample.Deckies(2)), progress: news);

        var told = news.ToArray();
        Assert.Equal([0, 0], told[..2].Select(entry => entry.Ended));
        Assert.Equal(2, told[^1].Ended);
        Assert.All(told, entry => Assert.Equal(2, entry.Total));
        Assert.Contains(told, entry => entry.Operation.Progress is { Phase: OperationPhase.Images });
        Assert.Contains(told, entry => entry.Operation.Progress is { Phase: OperationPhase.Containers });
    }

    [Fact]
    public async Task Status_shows_what_runs_now_without_recording_it()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Decky("web-01", "198.18.0.7") with { MutateInterval = TimeSpan.FromHours(1) }, Sample.Decky("web-02", "198.18.0.8"));
        shop.Runtime.Crash("web-02-ssh", 137);
        var sequence = await shop.Store.GetLastSequenceAsync();

        var status = await shop.Service.StatusAsync();

        Assert.Equal([("web-01", DeckyState.Running), ("web-02", DeckyState.Degraded)], status.Deckies.Select(decky => (decky.Name.Value, decky.State)));
        Assert.Contains("web-02-ssh exited with code 137", status.Deckies[1].Reason, StringComparison.Ordinal);
        Assert.Equal(DeckyState.Running, status.Deckies[1].Row!.State);
        Assert.Equal(MutationSchedule.DueAt((await shop.FleetAsync()).Deckies[0]), status.Deckies[0].NextMutation);
        Assert.Null(status.Deckies[1].NextMutation);
        Assert.Equal(sequence, await shop.Store.GetLastSequenceAsync());
    }

    [Fact]
    [Trait("Weakness", "L-2.7")]
    public async Task Status_of_an_engine_that_cannot_be_asked_is_the_recorded_one_and_says_so()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));
        shop.Runtime.Unreachable("connection refused");

        var status = await shop.Service.StatusAsync();

        Assert.Contains("connection refused", status.Unreachable, StringComparison.Ordinal);
        Assert.Equal(DeckyState.Running, Assert.Single(status.Deckies).State);
    }

    [Fact]
    public async Task Suspending_is_kept_with_who_when_and_why_and_taken_back()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(2));

        await shop.Service.SuspendAsync(Name("decky-01"), "anna", "forensics");
        await shop.Service.SuspendAsync(null, "ben");
        var status = await shop.Service.StatusAsync();

        Assert.Equal(("ben", null), (status.Suspension!.By, status.Suspension.Reason));
        Assert.All(status.Deckies, decky => Assert.NotNull(decky.Suspension));
        Assert.True(await shop.Service.ResumeAsync(null, "ben"));
        var own = (await shop.Service.StatusAsync()).Deckies[0].Suspension!;
        Assert.Equal(("anna", "forensics", Sample.Now), (own.By, own.Reason, own.At));
        Assert.True(await shop.Service.ResumeAsync(Name("decky-01"), "anna"));
        Assert.False(await shop.Service.ResumeAsync(Name("decky-01"), "anna"));
        Assert.Equal(4, (await shop.EventsAsync(">")).Count(topic => topic.EndsWith(".suspension", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.SuspendAsync(Name("ghost"), "anna"));
    }

    [Fact]
    public async Task A_decky_of_another_host_is_suspended_there_alone()
    {
        await using var shop = new Workshop();
        await shop.File.SaveAsync(Sample.Fleet(Sample.Decky("web-01", "198.18.0.11") with { HostId = HostId.Parse("web-host") }));

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.SuspendAsync(Name("web-01"), "anna"));

        Assert.Equal(("decky-elsewhere", "web-01"), (Assert.Single(refused.Issues).Code, refused.Issues[0].Target));
        Assert.Contains("web-host", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Weakness", "L-5.3")]
    public async Task Every_event_of_a_decky_names_host_and_decky_alike()
    {
        await using var shop = new Workshop();
        await shop.DeployAsync(Sample.Deckies(1));
        await shop.Service.MutateAsync([Name("decky-01")]);
        await shop.Service.SuspendAsync(Name("decky-01"), "anna");
        await shop.Service.TeardownAsync([Name("decky-01")]);

        var told = await shop.EventsAsync("decky.>", "host_uuid", "name");

        Assert.Equal(["lifecycle", "mutation", "state", "suspension"], told.Select(line => line.Split(' ')[0].Split('.')[^1]).Distinct().Order());
        Assert.All(told, line => Assert.EndsWith(" local decky-01", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_does_not_run_cannot_be_stopped()
    {
        await using var shop = new Workshop();
        var worker = new Worker { Name = "reconciler", HostId = HostId.Local, ProcessId = 1, StartedAt = Sample.Now, LastBeat = Sample.Now };
        await shop.Store.CommitAsync([new StateChange.PutWorker(worker)], Sample.Now);

        await shop.Service.StopWorkerAsync("reconciler", "anna");
        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.StopWorkerAsync("janitor", "anna"));

        Assert.Contains("reconciler", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["system.reconciler.control stop local anna"], await shop.EventsAsync("system.*.control", "action", "host_uuid", "requested_by"));
    }

    sealed class NewsList : List<DeployProgress>, IProgress<DeployProgress>
    {
        public void Report(DeployProgress value)
        {
            lock (this)
            {
                Add(value);
            }
        }
    }
}
