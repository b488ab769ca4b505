namespace Decnet.Fleet.Docker.Tests.Observing;

using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Listing;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Tests.Api;

public sealed class ObserveTests
{
    const string Path = "/containers/json";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Weakness", "W-35")]
    public async Task One_request_asks_for_all_containers_of_our_project_and_nothing_is_inspected()
    {
        await using var fake = FakeRuntime.Start().On("GET", Path, new ContainerListing(FakeFleet.Containers(100, "ssh", "docker_api")).Answer);
        Assert.Equal(300, Known(await fake.Runtime.ObserveAsync(Token)).Count);
        var request = Assert.Single(fake.Daemon.Requests, request => request.Path != "/_ping");
        Assert.Equal("GET", request.Method);
        Assert.Equal(
            [new("all", "1"), new("filters", """{"label":["com.docker.compose.project=decnet"]}""")],
            request.Query.OrderBy(entry => entry.Key));
    }

    [Theory]
    [InlineData("1.40")]
    [InlineData("1.41")]
    [InlineData("1.44")]
    [InlineData("1.47")]
    [InlineData("1.51")]
    [InlineData("1.52")]
    public async Task Every_engine_shows_the_same(string version)
    {
        var @base = FakeFleet.Containers(1, "docker_api").First();
        var service = FakeFleet.Containers(1, "docker_api").Last();
        var listing = new ContainerListing(
        [
            service with { Status = "Up 3 minutes (unhealthy)", Health = "unhealthy", FailingStreak = 3 },
            @base with { State = "exited", Status = "Exited (137) 5 minutes ago" },
            @base with { Id = new string('f', 64), Labels = new Dictionary<string, string> { ["com.docker.compose.project"] = "decnet2" } },
        ]);
        await using var fake = FakeRuntime.Start(version).On("GET", Path, listing.Answer);
        Assert.Equal(
            [
                new ObservedContainer
                {
                    Id = service.Id,
                    Name = "decky-00001-docker-api",
                    DeckyName = "decky-00001",
                    Role = ContainerRole.Service,
                    ServiceName = "docker_api",
                    HostId = "local",
                    ConfigHash = service.Labels["com.docker.compose.config-hash"],
                    State = ContainerState.Running,
                    Health = ContainerHealth.Unhealthy,
                    NetworkContainerId = @base.Id,
                },
                new ObservedContainer
                {
                    Id = @base.Id,
                    Name = "decky-00001",
                    DeckyName = "decky-00001",
                    Role = ContainerRole.Base,
                    HostId = "local",
                    ConfigHash = @base.Labels["com.docker.compose.config-hash"],
                    State = ContainerState.Exited,
                    ExitCode = 137,
                },
            ],
            Known(await fake.Runtime.ObserveAsync(Token)));
    }

    [Fact]
    public async Task A_base_that_was_restarted_alone_shows_its_services_as_cut_off()
    {
        var containers = FakeFleet.Containers(2, "ssh").ToArray();
        containers[0] = containers[0] with { Status = "Up 2 minutes" };
        await using var fake = FakeRuntime.Start().On("GET", Path, new ContainerListing(containers).Answer);
        Assert.Equal(["decky-00001-ssh"], Known(await fake.Runtime.ObserveAsync(Token)).Where(container => container.NetworkLost).Select(container => container.Name));
    }

    [Fact]
    public async Task A_second_listing_makes_no_text_anew()
    {
        await using var fake = FakeRuntime.Start().On("GET", Path, new ContainerListing(FakeFleet.Containers(3, "ssh")).Answer);
        var first = Known(await fake.Runtime.ObserveAsync(Token));
        var second = Known(await fake.Runtime.ObserveAsync(Token));
        Assert.Equal(first, second);
        Assert.All(first.Zip(second), pair =>
        {
            Assert.Same(pair.First.Id, pair.Second.Id);
            Assert.Same(pair.First.Name, pair.Second.Name);
            Assert.Same(pair.First.ConfigHash, pair.Second.ConfigHash);
        });
        Assert.Same(first[0].HostId, first[5].HostId);
    }

    [Fact]
    public async Task Listings_at_the_same_time_do_not_meet()
    {
        var listing = new ContainerListing(FakeFleet.Containers(50, "ssh"));
        await using var fake = FakeRuntime.Start().On("GET", Path, listing.Answer);
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => fake.Runtime.ObserveAsync(Token))));
        Assert.All(all, state => Assert.Equal(listing.Containers.Select(container => container.Id), Known(state).Select(container => container.Id)));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_anywhere_is_an_engine_out_of_reach()
    {
        var reply = new ContainerListing(FakeFleet.Containers(2, "ssh")).Reply("1.47");
        var length = reply.Body.Length;
        await using var fake = FakeRuntime.Start();
        for (var position = 0; position < length - 1; position += 61)
        {
            fake.On("GET", Path, reply.Truncated(position), reply.ResetAfter(position), reply.WithoutContentLength() with { Body = reply.Body[..position] });
            for (var way = 0; way < 3; way++)
            {
                var state = Assert.IsType<ObservedState.Unreachable>(await fake.Runtime.ObserveAsync(Token));
                Assert.Contains("GET /containers/json", state.Reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task An_answer_in_single_bytes_is_complete()
    {
        await using var fake = FakeRuntime.Start().On("GET", Path, new ContainerListing(FakeFleet.Containers(2, "ssh")).Reply("1.47").SplitEveryByte());
        Assert.Equal(4, Known(await fake.Runtime.ObserveAsync(Token)).Count);
    }

    public static TheoryData<string, FakeReply> BadAnswers => new()
    {
        { "null", FakeReply.Json("null") },
        { "an object", FakeReply.Json("""{"message":"hello"}""") },
        { "garbage", FakeReply.Json("}{") },
        { "nothing", FakeReply.Json("") },
        { "two lists", FakeReply.Json("[][]") },
        { "a page", FakeReply.Html(200) },
        { "an error page", FakeReply.Html(502) },
        { "an error", FakeReply.Error(500, "the layer store is on fire") },
        { "no HTTP", FakeReply.Raw("SSH-2.0-OpenSSH_9.2\r\n") },
        { "a reset", FakeReply.Reset },
        { "an end", FakeReply.Close },
        { "silence", FakeReply.Hang },
        { "silence within", FakeReply.Json("[{\"Id\":\"a\"}]").StallAfter(5) },
        { "an exotic text", FakeReply.Json(new byte[] { (byte)'[', (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', 0xFE, (byte)'}', (byte)']' }) },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task What_is_no_list_is_an_engine_out_of_reach(string what, FakeReply reply)
    {
        await using var fake = FakeRuntime.Start(timeouts: FakeEngine.Short).On("GET", Path, reply);
        var state = Assert.IsType<ObservedState.Unreachable>(await fake.Runtime.ObserveAsync(Token));
        Assert.True(state.Reason.Length > 20, $"{what}: {state.Reason}");
    }

    [Fact]
    public async Task An_engine_that_is_gone_is_out_of_reach_until_it_is_back()
    {
        await using var fake = FakeRuntime.Start().On("GET", Path, FakeReply.Json("[]"));
        Assert.Empty(Known(await fake.Runtime.ObserveAsync(Token)));
        await fake.Daemon.StopListeningAsync();
        Assert.IsType<ObservedState.Unreachable>(await fake.Runtime.ObserveAsync(Token));
        await fake.Daemon.ListenAgainAsync();
        Assert.Empty(Known(await fake.Runtime.ObserveAsync(Token)));
    }

    [Fact]
    public async Task The_callers_own_end_is_not_the_engines()
    {
        await using var fake = FakeRuntime.Start().On("GET", Path, FakeReply.Hang);
        using var caller = new CancellationTokenSource();
        var observing = fake.Runtime.ObserveAsync(caller.Token);
        await fake.Daemon.RequestedAsync("GET", Path);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => observing);
    }

    [Fact]
    public async Task A_closed_runtime_is_out_of_reach()
    {
        await using var fake = FakeRuntime.Start().On("GET", Path, FakeReply.Json("[]"));
        Known(await fake.Runtime.ObserveAsync(Token));
        await fake.Runtime.DisposeAsync();
        Assert.IsType<ObservedState.Unreachable>(await fake.Runtime.ObserveAsync(Token));
    }

    static IReadOnlyList<ObservedContainer> Known(ObservedState state) => Assert.IsType<ObservedState.Known>(state).Containers;
}
