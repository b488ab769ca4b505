namespace Decnet.Fleet.Tests.InMemory;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Xunit;
using static Decnet.Fleet.Tests.InMemory.InMemoryContainerRuntimeTests;
using static Decnet.Fleet.Tests.InMemory.RuntimeSpecs;

public sealed class OrderedDeathTests
{
    [Fact]
    public async Task A_container_dies_right_after_its_start_and_leaves_its_log()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        await runtime.StopContainerAsync(serviceId, TimeSpan.Zero);
        runtime.LetDie("web-01-ssh", 78, "starting\r\nno host key\r\n");

        await runtime.StartContainerAsync(serviceId);

        var seen = (await ObservedAsync(runtime))[1];
        Assert.Equal((ContainerState.Exited, 78), (seen.State, seen.ExitCode));
        Assert.Equal("starting\nno host key", await runtime.ReadLogTailAsync(serviceId, 10));
        Assert.Equal("no host key", await runtime.ReadLogTailAsync(serviceId, 1));
    }

    [Fact]
    public async Task So_many_starts_end_so_and_the_next_one_lives_with_a_fresh_log()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        runtime.Crash("web-01-ssh");
        runtime.LetDie("web-01-ssh", 1, "no", times: 2);

        var states = new List<(ContainerState, int?, string)>();
        for (var i = 0; i < 3; i++)
        {
            await runtime.StartContainerAsync(serviceId);
            var seen = (await ObservedAsync(runtime))[1];
            states.Add((seen.State, seen.ExitCode, await runtime.ReadLogTailAsync(serviceId, 5)));
        }

        Assert.Equal([(ContainerState.Exited, 1, "no"), (ContainerState.Exited, 1, "no"), (ContainerState.Running, null, "")], states);
    }

    [Fact]
    public async Task A_replacement_dies_by_the_name_that_it_is_to_have()
    {
        var (runtime, baseId, _) = await RunningDeckyAsync();
        runtime.LetDie("web-01-ssh", 1, "no");

        var id = await runtime.CreateContainerAsync(Service("web-01"), "web-01-ssh-new", baseId);
        await runtime.StartContainerAsync(id);

        Assert.Equal(ContainerState.Exited, (await ObservedAsync(runtime)).Single(container => container.Id == id).State);
    }

    [Fact]
    public async Task Death_is_signalled_after_the_start()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        runtime.Crash("web-01-ssh");
        runtime.LetDie("web-01-ssh", 1, "no");
        using var ending = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var watch = runtime.WatchAsync(ending.Token).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();

        await runtime.StartContainerAsync(serviceId);

        Assert.True(await first);
        Assert.Equal("start web-01-ssh", watch.Current.Description);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("die web-01-ssh", watch.Current.Description);
    }

    [Fact]
    public async Task Ordered_deaths_can_be_taken_back()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        runtime.Crash("web-01-ssh");
        runtime.LetDie("web-01-ssh", 1, "no");
        runtime.ClearFaults();

        await runtime.StartContainerAsync(serviceId);

        Assert.Equal(ContainerState.Running, (await ObservedAsync(runtime))[1].State);
    }

    [Fact]
    public async Task The_log_of_a_container_that_is_gone_is_not_found()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        await runtime.RemoveContainerAsync(serviceId);

        Assert.Equal(RuntimeError.NotFound, await ErrorOf(runtime.ReadLogTailAsync(serviceId, 5)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => runtime.ReadLogTailAsync(serviceId, 0));
    }

    [Fact]
    public async Task Reading_a_log_counts_as_a_request_that_changes_nothing()
    {
        var (runtime, _, serviceId) = await RunningDeckyAsync();
        var before = runtime.Requests;
        runtime.FailNext(RuntimeError.Server);

        await runtime.ReadLogTailAsync(serviceId, 5);

        var since = runtime.Requests.Since(before);
        Assert.Equal((1, 0, "ReadLogTail 1"), (since.Total, since.Mutating, since.ToString()));
        Assert.Equal(RuntimeError.Server, await ErrorOf(runtime.StartContainerAsync(serviceId)));
    }
}
