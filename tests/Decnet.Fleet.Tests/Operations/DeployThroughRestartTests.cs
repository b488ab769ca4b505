namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Tests.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>Deploying on an engine that shuts down, and on one that has just come back.</summary>
public sealed class DeployThroughRestartTests
{
    static readonly FleetServiceOptions Patient = Workshop.AtOnce with { Retry = new RetryOptions() };

    /// <summary>The engine has killed the base, its process is gone, and the engine itself has not heard of that yet.</summary>
    [Fact]
    public async Task A_service_that_cannot_join_a_base_that_seems_to_run_is_tried_once_more()
    {
        await using var shop = new Workshop(Patient);
        shop.Runtime.Fail(RefusedStart(times: 1));

        var result = await EndAsync(shop, shop.DeployAsync(Sample.Deckies(2)));

        Assert.All(result.Operations, operation => Assert.Equal((OperationStatus.Succeeded, null), (operation.Status, operation.Error)));
        Assert.Equal(6, shop.Seen.Count(container => container.State == ContainerState.Running));
    }

    [Fact]
    public async Task A_service_that_is_refused_twice_fails_its_decky()
    {
        await using var shop = new Workshop(Patient);
        shop.Runtime.Fail(RefusedStart(times: 1_000));

        var result = await EndAsync(shop, shop.DeployAsync(Sample.Deckies(2)));

        var failed = Assert.Single(result.Operations, operation => operation.Status == OperationStatus.Failed);
        Assert.Equal("decky-01", failed.DeckyName.Value);
        Assert.Contains("StartContainer gave Invalid", failed.Error, StringComparison.Ordinal);
        var requests = shop.Runtime.Requests;
        Assert.Equal(3 + 3 + 3, requests[RuntimeVerb.CreateContainer]);
    }

    [Fact]
    public async Task It_is_refused_for_good_at_once_when_nothing_is_tried_again()
    {
        await using var shop = new Workshop();
        shop.Runtime.Fail(RefusedStart(times: 1));

        var result = await shop.DeployAsync(Sample.Deckies(1));

        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task An_engine_that_goes_away_after_a_refusal_is_asked_again_when_it_is_back()
    {
        var clock = new FakeTimeProvider(Sample.Now);
        var engine = new InMemoryContainerRuntime(HostId.Local, clock);
        var refusals = 0;
        var runtime = new TamperedRuntime(engine)
        {
            FailStart = _ =>
            {
                if (Interlocked.Increment(ref refusals) > 1)
                {
                    return null;
                }

                engine.Unreachable("connection refused");
                return new RuntimeException(RuntimeError.NotFound, "network decnet not found");
            },
        };
        await using var shop = new Workshop(Patient, runtime);

        var deploying = shop.DeployAsync(Sample.Deckies(1));
        await Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers > 0 || deploying.IsCompleted));
        engine.Reachable();
        var result = await EndAsync(shop, deploying);

        Assert.Null(Assert.Single(result.Operations).Error);
        Assert.True(result.Succeeded);
    }

    /// <summary>An engine that comes back may give services up that it starts before their bases, and others may wait for it already.</summary>
    [Fact]
    public async Task What_dies_after_the_engine_came_back_gets_another_attempt_however_long_the_engine_was_away()
    {
        await using var shop = new Workshop(Patient);
        shop.Runtime.LetDie("decky-01-http", 128, "", times: 2);
        shop.Runtime.LetDie("decky-02-http", 128, "", times: 1);

        var deploying = shop.DeployAsync(Sample.Deckies(2));
        await NextRoundAsync(shop, deploying, () => shop.Runtime.Unreachable("connection refused"));
        await NextRoundAsync(shop, deploying, shop.Runtime.Reachable);
        var result = await EndAsync(shop, deploying);

        Assert.All(result.Operations, operation => Assert.Equal((OperationStatus.Succeeded, null), (operation.Status, operation.Error)));
    }

    static RuntimeFault RefusedStart(int times) =>
        new() { Error = RuntimeError.Invalid, Verb = RuntimeVerb.StartContainer, Target = "decky-01-ssh", Times = times };

    /// <summary>Changes something when a deployment waits for its next attempt, and lets it go on.</summary>
    static async Task NextRoundAsync(Workshop shop, Task deploying, Action change)
    {
        await WaitsAsync(shop, deploying);
        Assert.False(deploying.IsCompleted);
        change();
        shop.Clock.Advance(TimeSpan.FromSeconds(5));
    }

    static async Task<FleetWorkResult> EndAsync(Workshop shop, Task<FleetWorkResult> deploying)
    {
        while (!deploying.IsCompleted)
        {
            await WaitsAsync(shop, deploying);
            shop.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        return await deploying;
    }

    static Task WaitsAsync(Workshop shop, Task deploying) =>
        Eventually.TrueAsync(() => Task.FromResult(shop.Clock.PendingTimers > 0 || deploying.IsCompleted));
}
