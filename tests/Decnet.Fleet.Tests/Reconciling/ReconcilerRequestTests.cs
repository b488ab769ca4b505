namespace Decnet.Fleet.Tests.Reconciling;

using System.Collections.Concurrent;
using Decnet.Fleet.Events;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

/// <summary>What passes ask of the engine, and what they leave alone.</summary>
public sealed class ReconcilerRequestTests : IDisposable
{
    readonly Lab lab = new();

    [Fact]
    [Trait("Weakness", "W-47")]
    [Trait("Weakness", "L-2.1")]
    public async Task One_decky_more_in_a_fleet_of_fifty_touches_nothing_else()
    {
        var fifty = Sample.Deckies(50);
        await lab.DeployAsync(fifty);
        var before = lab.Runtime.Containers.ToArray();
        var requests = lab.Runtime.Requests;

        var result = await lab.DeployAsync([.. fifty, Sample.Decky("one-more", "198.18.0.200", "ssh", "http")]);

        Assert.Equal((1, 1), (result.Inserted, result.Repaired));
        var made = lab.Runtime.Containers.Skip(before.Length).ToArray();
        Assert.Equal(["one-more", "one-more-ssh", "one-more-http"], made.Select(container => container.Observed.Name));
        Assert.Equal(before, lab.Runtime.Containers.Take(before.Length));
        Assert.Equal(
            $"Observe 2, FindNetwork 1, EnsureImage {Images(made)}, CreateContainer 3, StartContainer 3",
            lab.Runtime.Requests.Since(requests).ToString());
    }

    [Theory]
    [InlineData(RepairMode.Off)]
    [InlineData(RepairMode.Restart)]
    [InlineData(RepairMode.Recreate)]
    public async Task A_pass_whose_runtime_cannot_be_asked_changes_no_row(RepairMode mode)
    {
        await lab.DeployAsync(Sample.Deckies(5));
        lab.Runtime.Crash("decky-01");
        lab.Runtime.RemoveBehindOurBack("decky-02-ssh");
        lab.Runtime.Unreachable("the engine is down");
        var rows = await lab.Store.ListDeckiesAsync();
        var events = (await lab.Store.ReadAsync(0, TopicPattern.Parse(">"))).Events.Count;
        var requests = lab.Runtime.Requests;
        lab.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await lab.PassAsync(mode);

        Assert.Equal(HoldKind.RuntimeUnreachable, Assert.Single(result.Holds).Kind);
        Assert.Equal(rows, await lab.Store.ListDeckiesAsync());
        Assert.Equal(events, (await lab.Store.ReadAsync(0, TopicPattern.Parse(">"))).Events.Count);
        Assert.Equal("Observe 1", lab.Runtime.Requests.Since(requests).ToString());
    }

    [Fact]
    public async Task Each_image_is_asked_for_once_in_a_pass()
    {
        await lab.DeployAsync(Sample.Deckies(10));

        Assert.Equal(Images(lab.Runtime.Containers), lab.Runtime.Requests[RuntimeVerb.EnsureImage]);
        Assert.All(await lab.Store.ListDeckiesAsync(), row => Assert.Equal(DeckyState.Running, row.State));
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_is_one_error_for_each_decky_that_needs_it_and_asked_for_once()
    {
        const string none = "registry.example/none:1";
        var asked = new ConcurrentQueue<string>();
        lab.Runtime.MissingImages(none);
        var runtime = new TamperedRuntime(lab.Runtime)
        {
            Before = (verb, target) =>
            {
                if (verb == RuntimeVerb.EnsureImage)
                {
                    asked.Enqueue(target);
                }

                return Task.CompletedTask;
            },
        };
        using var reconciler = new Reconciler(lab.File, lab.Store, runtime, null, lab.Clock, new Random(1));
        await lab.File.SaveAsync(Sample.Fleet(
        [
            .. Sample.Deckies(6).Select((decky, at) => at % 2 == 0 ? decky : decky with { BaseImage = none }),
        ]));

        var result = await reconciler.ReconcileAsync(Lab.Recreate);

        Assert.Equal(3, result.Repaired);
        Assert.Single(asked, none);
        var rows = await lab.Store.ListDeckiesAsync();
        Assert.Equal(3, rows.Count(row => row.State == DeckyState.Running && row.Reason is null));
        Assert.Equal(3, rows.Count(row => row.Reason?.Contains(none, StringComparison.Ordinal) == true));

        lab.Runtime.MissingImages();
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await reconciler.ReconcileAsync(Lab.Recreate)).Repaired);
    }

    public void Dispose() => lab.Dispose();

    static int Images(IEnumerable<InMemoryContainer> containers) =>
        containers.Select(container => (container.Spec!.Image, container.Spec.Image is null ? container.Observed.ServiceName : null)).Distinct().Count();
}
