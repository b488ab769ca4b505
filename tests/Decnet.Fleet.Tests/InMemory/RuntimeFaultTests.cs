namespace Decnet.Fleet.Tests.InMemory;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.InMemory.InMemoryContainerRuntimeTests;
using static Decnet.Fleet.Tests.InMemory.RuntimeSpecs;

public sealed class RuntimeFaultTests
{
    [Fact]
    public async Task A_crash_shows_its_exit_code_until_the_next_start()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();

        runtime.Crash("web-01-ssh", 139);
        var crashed = (await ObservedAsync(runtime))[1];
        await runtime.StartContainerAsync(serviceId);
        var started = (await ObservedAsync(runtime))[1];

        Assert.Equal((ContainerState.Exited, 139), (crashed.State, crashed.ExitCode));
        Assert.Equal((ContainerState.Running, null), (started.State, started.ExitCode));
    }

    [Fact]
    public async Task A_paused_container_must_be_stopped_before_it_starts()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();

        runtime.Pause("web-01-ssh");
        Assert.Equal(ContainerState.Paused, (await ObservedAsync(runtime))[1].State);
        Assert.Equal(RuntimeError.Conflict, await ErrorOf(runtime.StartContainerAsync(serviceId)));
        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        await runtime.StartContainerAsync(serviceId);
        runtime.Pause("web-01-ssh");
        runtime.Unpause("web-01-ssh");
        Assert.Equal(ContainerState.Running, (await ObservedAsync(runtime))[1].State);
    }

    [Fact]
    public async Task Health_lasts_until_the_container_ends()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();

        runtime.MakeUnhealthy("web-01-ssh");
        Assert.Equal(ContainerHealth.Unhealthy, (await ObservedAsync(runtime))[1].Health);
        runtime.Crash("web-01-ssh");
        await runtime.StartContainerAsync(serviceId);
        Assert.Equal(ContainerHealth.None, (await ObservedAsync(runtime))[1].Health);
        runtime.MakeHealthy("web-01-ssh");
        Assert.Equal(ContainerHealth.Healthy, (await ObservedAsync(runtime))[1].Health);
    }

    [Fact]
    public async Task Containers_can_be_removed_renamed_and_added_by_others()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        var stray = new ObservedContainer
        {
            Id = "f00d",
            Name = "stray",
            DeckyName = "Not A Name",
            Role = ContainerRole.Base,
            State = ContainerState.Running,
        };

        runtime.RemoveBehindOurBack("web-01-ssh");
        runtime.Rename("web-01", "renamed");
        runtime.AddForeign(stray);

        var seen = await ObservedAsync(runtime);
        Assert.Equal(["renamed", "stray"], seen.Select(container => container.Name));
        Assert.Equal(baseId, seen[0].Id);
        Assert.Equal(stray, seen[1]);
        Assert.Throws<ArgumentException>(() => runtime.AddForeign(stray));
        Assert.Contains("renamed, stray", Assert.Throws<ArgumentException>(() => runtime.Crash("web-01")).Message, StringComparison.Ordinal);
        await runtime.RemoveContainerAsync("f00d");
        Assert.Single(runtime.Containers);
    }

    [Fact]
    public async Task An_unreachable_engine_fails_every_request_and_keeps_its_containers()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();

        runtime.Unreachable("connection refused");
        runtime.Crash("web-01-ssh");

        Assert.Equal(new ObservedState.Unreachable("connection refused"), await runtime.ObserveAsync());
        Assert.Equal(RuntimeError.Unreachable, await ErrorOf(runtime.StartContainerAsync(serviceId)));
        Assert.Equal(RuntimeError.Unreachable, await ErrorOf(runtime.FindNetworkAsync(NetworkName)));
        Assert.Equal(2, runtime.Containers.Count);
        runtime.Reachable();
        Assert.Equal([ContainerState.Running, ContainerState.Exited], (await ObservedAsync(runtime)).Select(container => container.State));
    }

    [Fact]
    public async Task Ordered_failures_hit_the_named_kind_of_request_so_many_times()
    {
        var (runtime, baseId, serviceId) = await RunningDeckyAsync();
        runtime.FailNext(RuntimeError.Server, 2, RuntimeVerb.StopContainer);

        await runtime.StartContainerAsync(baseId);
        Assert.Equal(RuntimeError.Server, await ErrorOf(runtime.StopContainerAsync(serviceId, TimeSpan.Zero)));
        Assert.Equal(RuntimeError.Server, await ErrorOf(runtime.StopContainerAsync(serviceId, TimeSpan.Zero)));
        Assert.Equal(ContainerState.Running, (await ObservedAsync(runtime))[1].State);
        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        Assert.Equal(ContainerState.Exited, (await ObservedAsync(runtime))[1].State);
    }

    [Fact]
    public async Task Ordered_failures_without_a_kind_spare_observations()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        runtime.FailNext(RuntimeError.Timeout);

        Assert.IsType<ObservedState.Known>(await runtime.ObserveAsync());
        Assert.NotNull(await runtime.FindNetworkAsync(NetworkName));
        Assert.Equal(RuntimeError.Timeout, await ErrorOf(runtime.RemoveContainerAsync(serviceId)));
        runtime.FailNext(RuntimeError.Server, verb: RuntimeVerb.Observe);
        Assert.IsType<ObservedState.Unreachable>(await runtime.ObserveAsync());
        Assert.IsType<ObservedState.Known>(await runtime.ObserveAsync());
    }

    [Fact]
    public async Task A_failure_can_be_aimed_at_a_name_and_can_come_after_the_work_was_done()
    {
        var (runtime, baseId, serviceId) = await RunningDeckyAsync();
        runtime.Fail(new RuntimeFault { Error = RuntimeError.Timeout, Target = "web-01-ssh", AfterEffect = true });

        await runtime.StopContainerAsync(baseId, TimeSpan.Zero);
        Assert.Equal(RuntimeError.Timeout, await ErrorOf(runtime.StopContainerAsync(serviceId, TimeSpan.Zero)));

        Assert.All(await ObservedAsync(runtime), container => Assert.Equal(ContainerState.Exited, container.State));
    }

    [Fact]
    public async Task Ordered_failures_can_be_taken_back()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        runtime.FailNext(RuntimeError.Server, 9);
        runtime.ClearFaults();

        await runtime.StopContainerAsync(baseId, TimeSpan.Zero);
    }

    [Fact]
    public async Task A_delay_passes_on_the_runtimes_clock_and_can_be_cancelled()
    {
        var clock = new FakeTimeProvider();
        var (runtime, _, serviceId) = await RunningDeckyAsync(clock);
        using var cancel = new CancellationTokenSource();
        runtime.Delay(TimeSpan.FromSeconds(5));

        var stop = runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        var cancelled = runtime.RemoveContainerAsync(serviceId, cancel.Token);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(stop.IsCompleted);
        Assert.Equal(ContainerState.Running, runtime.Containers[1].Observed.State);
        await cancel.CancelAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        await stop;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(ContainerState.Exited, runtime.Containers[1].Observed.State);
    }

    [Fact]
    public async Task Requests_are_counted_and_what_is_done_behind_its_back_is_not()
    {
        var (runtime, _, _) = await RunningDeckyAsync();
        var before = runtime.Requests;

        runtime.Crash("web-01-ssh");
        await runtime.ObserveAsync();
        await runtime.FindNetworkAsync(NetworkName);
        await ErrorOf(runtime.StartContainerAsync("gone"));

        var since = runtime.Requests.Since(before);
        Assert.Equal((3, 1), (since.Total, since.Mutating));
        Assert.Equal(1, since[RuntimeVerb.Observe]);
        Assert.Equal("Observe 1, FindNetwork 1, StartContainer 1", since.ToString());
        Assert.Equal("CreateNetwork 1, CreateContainer 2, StartContainer 2", before.ToString());
    }

    [Fact]
    public async Task Every_change_is_signalled_to_every_watcher()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var one = runtime.WatchAsync(ending.Token).GetAsyncEnumerator();
        await using var other = runtime.WatchAsync(ending.Token).GetAsyncEnumerator();
        var first = Next(one);
        var second = Next(other);

        runtime.Crash("web-01-ssh");
        await runtime.StartContainerAsync(serviceId);

        Assert.Equal("die web-01-ssh", await first);
        Assert.Equal("die web-01-ssh", await second);
        Assert.Equal("start web-01-ssh", await Next(one));
    }

    [Fact]
    public async Task Signals_are_lost_when_dropped_or_unreachable_and_the_watch_goes_on()
    {
        var (runtime, _, _) = await RunningDeckyAsync();
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var watch = runtime.WatchAsync(ending.Token).GetAsyncEnumerator();
        var waiting = Next(watch);

        runtime.DropSignals(true);
        runtime.Crash("web-01-ssh");
        runtime.DropSignals(false);
        runtime.Unreachable("gone");
        runtime.CrashBase(DeckyName.Parse("web-01"));
        Assert.False(waiting.IsCompleted);
        runtime.Reachable();

        Assert.Equal("connect memory://local", await waiting);
    }

    [Fact]
    public async Task A_slow_watcher_loses_the_oldest_signals_and_holds_up_nobody()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var watch = runtime.WatchAsync(ending.Token).GetAsyncEnumerator();
        var first = Next(watch);
        runtime.Pause("web-01");
        Assert.Equal("pause web-01", await first);

        for (var i = 0; i < 500; i++)
        {
            await runtime.RenameContainerAsync(serviceId, $"n{i}");
        }

        var seen = new List<string> { await Next(watch) };
        while (seen[^1] != "rename n499")
        {
            seen.Add(await Next(watch));
        }

        Assert.InRange(seen.Count, 1, 16);
    }

    [Fact]
    public async Task Cancelling_ends_a_watch()
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local);
        using var ending = new CancellationTokenSource();
        await using var watch = runtime.WatchAsync(ending.Token).GetAsyncEnumerator();
        var waiting = Next(watch);

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    static async Task<string> Next(IAsyncEnumerator<RuntimeSignal> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return watch.Current.Description;
    }
}
