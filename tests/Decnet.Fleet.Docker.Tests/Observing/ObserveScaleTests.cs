namespace Decnet.Fleet.Docker.Tests.Observing;

using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Listing;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Tests.Api;
using Decnet.Testing;

[Collection(nameof(AloneCollection))]
public sealed class ObserveScaleTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_for_a_listing_grows_with_its_containers_and_not_with_its_bytes()
    {
        var few = await AllocatedAsync(1_000);
        var many = await AllocatedAsync(10_000);
        Assert.True(many < 12 * few, $"1,000 deckies took {few:N0} bytes, 10,000 took {many:N0}.");
        Assert.True(many / 30_000 < 400, $"One container of a listing that was seen before takes {many / 30_000} bytes.");
    }

    [Fact]
    public async Task Ten_thousand_listings_leave_one_connection()
    {
        await using var fake = FakeRuntime.Start().On("GET", "/containers/json", FakeReply.Json("[]"));
        for (var turn = 0; turn < 10_000; turn++)
        {
            Assert.IsType<ObservedState.Known>(await fake.Runtime.ObserveAsync(Token));
        }

        Assert.Equal(1, fake.Daemon.AcceptedConnections);
    }

    [Fact]
    public async Task Listings_that_fail_leave_no_connections()
    {
        var reply = new ContainerListing(FakeFleet.Containers(2, "ssh")).Reply("1.47");
        await using var fake = FakeRuntime.Start();
        for (var turn = 0; turn < 300; turn++)
        {
            fake.On("GET", "/containers/json", (turn % 3) switch
            {
                0 => reply.Truncated(100),
                1 => FakeReply.Json("}" + new string(' ', 100_000)),
                _ => FakeReply.Error(500, "no"),
            });
            Assert.IsType<ObservedState.Unreachable>(await fake.Runtime.ObserveAsync(Token));
        }

        // The daemon learns a little later that a connection was closed.
        await Eventually.TrueAsync(() => Task.FromResult(fake.Daemon.OpenConnections <= 1));
    }

    /// <summary>What a listing takes that shows what an earlier one showed, without what the fake daemon takes.</summary>
    static async Task<long> AllocatedAsync(int deckies)
    {
        var bytes = new ContainerListing(FakeFleet.Containers(deckies, "ssh", "http")).Reply("1.47").Body;
        var texts = new Docker.Observing.TextCache();
        for (var turn = 0; ; turn++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var listed = await new Docker.Observing.ContainerListReader(texts, FleetProject.Default).ReadAsync(new MemoryStream(bytes.ToArray()), Token);
            var containers = Docker.Observing.NetworkLoss.Judge(listed, TimeSpan.Zero);
            texts.EndRound();
            var taken = GC.GetTotalAllocatedBytes(precise: true) - before - bytes.Length;
            Assert.Equal(3 * deckies, containers.Length);
            if (turn == 2)
            {
                return taken;
            }
        }
    }
}
