namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Fleet.Tests.Reconciling;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

[Trait("Weakness", "L-6.3")]
public sealed class MutateFailureTests : IAsyncLifetime
{
    static readonly MutateOptions ToFtp = new() { Services = ["ssh", "ftp"] };

    readonly Workshop shop = new();
    readonly TamperedRuntime tampered;
    readonly FleetService service;
    int seed = 10;

    /// <summary>What a process that has crashed waits for.</summary>
    readonly TaskCompletionSource dead = new();

    public MutateFailureTests()
    {
        tampered = new TamperedRuntime(shop.Runtime);
        service = Another();
    }

    public async ValueTask InitializeAsync() => await shop.DeployAsync(Sample.Deckies(3));

    public async ValueTask DisposeAsync()
    {
        dead.TrySetException(new InvalidOperationException("The process has ended."));
        await service.DisposeAsync();
        await shop.DisposeAsync();
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_changes_nothing_in_the_end()
    {
        shop.Runtime.Fail(new RuntimeFault { Error = RuntimeError.NotFound, Verb = RuntimeVerb.EnsureImage });
        var before = shop.Seen.Select(container => container.Id).ToHashSet();

        var error = await FailAsync();

        Assert.Contains("Its new services ssh, ftp did not come up; its services are ssh, http again. The cause: ", error, StringComparison.Ordinal);
        Assert.Equal(before, shop.Seen.Select(container => container.Id).ToHashSet());
        await AssertAsBeforeAsync();
    }

    [Fact]
    public async Task A_container_that_dies_is_told_with_its_last_words_and_the_old_ones_come_back()
    {
        shop.Runtime.LetDie("decky-01-ftp", 78, "cannot bind port 21");

        var error = await FailAsync();

        Assert.Contains("its services are ssh, http again", error, StringComparison.Ordinal);
        Assert.Contains("cannot bind port 21", error, StringComparison.Ordinal);
        await AssertAsBeforeAsync();
    }

    [Fact]
    public async Task When_the_old_ones_do_not_come_back_either_both_errors_are_told_and_the_file_has_the_old_ones()
    {
        shop.Runtime.LetDie("decky-01-ftp", 78, "first " + new string('x', 1500));
        shop.Runtime.LetDie("decky-01-http", 1, "second " + new string('y', 1500));

        var error = await FailAsync();

        Assert.Contains("its old services ssh, http did not come back, either", error, StringComparison.Ordinal);
        Assert.Contains("first xxx", error, StringComparison.Ordinal);
        Assert.Contains("second yyy", error, StringComparison.Ordinal);
        Assert.Equal(["ssh", "http"], (await shop.FleetAsync()).Find(Name("decky-01"))!.Services);
        Assert.Equal(DeckyState.Degraded, (await shop.RowAsync("decky-01"))!.State);
    }

    [Fact]
    public async Task One_that_fails_does_not_keep_the_others_from_changing()
    {
        shop.Runtime.LetDie("decky-02-ftp", 1, "no");

        var result = await service.MutateAsync([Name("decky-01"), Name("decky-02"), Name("decky-03")], ToFtp);

        Assert.Equal(
            [OperationStatus.Succeeded, OperationStatus.Failed, OperationStatus.Succeeded],
            result.Operations.Select(operation => operation.Status));
        Assert.Equal(["decky.decky-01.mutation", "decky.decky-03.mutation"], await shop.EventsAsync("decky.*.mutation"));
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    public async Task Cancelling_gives_the_old_services_back()
    {
        using var cancel = new CancellationTokenSource();
        tampered.Before = (_, name) => name == "decky-01-ftp" ? cancel.CancelAsync() : Task.CompletedTask;

        var result = await service.MutateAsync([Name("decky-01"), Name("decky-02")], ToFtp, null, cancel.Token);

        Assert.True(result.Cancelled);
        Assert.All(result.Operations, operation => Assert.StartsWith("cancelled", operation.Error, StringComparison.Ordinal));
        Assert.Contains("its services are ssh, http again", result.Operations[0].Error, StringComparison.Ordinal);
        await AssertAsBeforeAsync();
    }

    [Fact]
    public async Task After_a_crash_a_repair_brings_up_the_new_services_and_the_next_change_ends_the_old_operation()
    {
        var reached = new TaskCompletionSource();
        tampered.Before = (_, name) =>
        {
            if (name != "decky-01-ftp")
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return dead.Task;
        };
        var work = await service.BeginMutateAsync([Name("decky-01")], ToFtp);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await using var next = Another(shop.Runtime);

        var again = await next.MutateAsync([Name("decky-02")], ToFtp);

        var left = Assert.Single(await shop.Store.ListOperationsAsync(new OperationQuery { Ids = [work.Operations[0].Id] }));
        Assert.Equal((OperationStatus.Failed, OpenOperations.LeftBehind), (left.Status, left.Error));
        Assert.True(again.Succeeded);
        using var reconciler = new Reconciler(shop.File, shop.Store, shop.Runtime, null, shop.Clock, new Random(3));
        await reconciler.ReconcileAsync(new ReconcileOptions { Repair = RepairMode.Recreate });
        Assert.Equal(DeckyState.Running, (await shop.RowAsync("decky-01"))!.State);
        Assert.Contains("decky-01-ftp", shop.ContainerNames());
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-6.6")]
    public async Task What_somebody_else_writes_meanwhile_survives_success_and_failure()
    {
        shop.Runtime.LetDie("decky-01-ftp", 1, "no");
        tampered.Before = (verb, name) => (verb, name) == (RuntimeVerb.CreateContainer, "decky-01-ftp")
            ? EditAsync("decky-03", decky => decky with { MutateInterval = TimeSpan.FromMinutes(7) })
            : Task.CompletedTask;

        await service.MutateAsync([Name("decky-01"), Name("decky-02")], ToFtp);

        var fleet = await shop.FleetAsync();
        Assert.Equal(["ssh, http", "ssh, ftp", "ssh, http"], fleet.Deckies.Select(decky => decky.Services.ToString()));
        Assert.Equal(TimeSpan.FromMinutes(7), fleet.Deckies[2].MutateInterval);
    }

    [Fact]
    [Trait("Weakness", "L-6.6")]
    public async Task A_decky_that_somebody_else_changes_before_its_turn_is_left_to_them()
    {
        await using var one = Another(tampered, AtOnce with { Exposure = ExposureBudget.OfCount(1) });
        tampered.Before = (_, name) => name == "decky-01-ftp" ? EditAsync("decky-02", decky => decky with { Hostname = "theirs" }) : Task.CompletedTask;

        var result = await one.MutateAsync([Name("decky-01"), Name("decky-02")], ToFtp);

        Assert.Equal(OperationStatus.Succeeded, result.Operations[0].Status);
        Assert.Contains("changed by somebody else", result.Operations[1].Error, StringComparison.Ordinal);
        var decky = (await shop.FleetAsync()).Find(Name("decky-02"))!;
        Assert.Equal(("theirs", "ssh, http"), (decky.Hostname, decky.Services.ToString()));
    }

    [Fact]
    [Trait("Weakness", "L-6.6")]
    public async Task A_decky_that_somebody_else_changes_before_its_way_back_is_left_to_them()
    {
        shop.Runtime.LetDie("decky-01-ftp", 1, "no");
        tampered.Before = (_, name) => name == "decky-01-ftp" ? EditAsync("decky-01", decky => decky with { Hostname = "theirs" }) : Task.CompletedTask;

        var error = await FailAsync();

        Assert.Contains("somebody else has changed it", error, StringComparison.Ordinal);
        Assert.Equal("theirs", (await shop.FleetAsync()).Find(Name("decky-01"))!.Hostname);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_back_is_told()
    {
        shop.Runtime.LetDie("decky-01-ftp", 1, "no");
        await using var held = new Held();
        tampered.Before = async (_, name) => held.Lock ??= name == "decky-01-ftp" ? await FleetLock.AcquireAsync(shop.File.LockPath, TimeSpan.Zero, "editing") : null;
        var hasty = new FleetFile(shop.File.Path, new FleetFileOptions { LockTimeout = TimeSpan.Zero });
        await using var other = new FleetService(hasty, shop.Store, tampered, new InMemoryWorkLock(), AtOnce, shop.Clock, new Random(2));

        var result = await other.MutateAsync([Name("decky-01")], ToFtp);

        Assert.Contains("the fleet file could not get its old services ssh, http back", result.Operations[0].Error, StringComparison.Ordinal);
        Assert.Contains("decky-01-ftp", result.Operations[0].Error, StringComparison.Ordinal);
    }

    FleetService Another(IContainerRuntime? runtime = null, FleetServiceOptions? options = null) =>
        new(shop.File, shop.Store, runtime ?? tampered, new InMemoryWorkLock(), options ?? AtOnce, shop.Clock, new Random(++seed));

    async Task<string> FailAsync()
    {
        var operation = Assert.Single((await service.MutateAsync([Name("decky-01")], ToFtp)).Operations);
        Assert.Equal(OperationStatus.Failed, operation.Status);
        return operation.Error!;
    }

    async Task AssertAsBeforeAsync()
    {
        Assert.Equal(Sample.Fleet(Sample.Deckies(3)), await shop.FleetAsync());
        Assert.Equal(DeckyState.Running, (await shop.RowAsync("decky-01"))!.State);
        Assert.Empty(await shop.EventsAsync("decky.*.mutation"));
        Assert.Empty((await shop.Store.ReadAsync(HostId.Local)).OpenOperations);
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    Task EditAsync(string name, Func<Decky, Decky> edit) => shop.File.UpdateAsync(state =>
    {
        var fleet = ((DesiredState.Known)state).Fleet;
        return fleet with { Deckies = [.. fleet.Deckies.Select(decky => decky.Name == Name(name) ? edit(decky) : decky)] };
    });

    sealed class Held : IAsyncDisposable
    {
        internal FleetLock? Lock { get; set; }

        public ValueTask DisposeAsync() => Lock?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
