namespace Decnet.Fleet.Docker.Tests.Images;

using System.Collections.Concurrent;
using System.Text;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Tests.Api;
using Decnet.Testing;

public sealed class ImageStoreTests
{
    const string Digest = "sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662";
    const string Image = $"busybox:1.36@{Digest}";
    const string Pull = "/images/create";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ImagePolicy.Pinned, Image, Image, true)]
    [InlineData(ImagePolicy.Pinned, "corp/ssh:1", "corp/ssh:1", true)]
    [InlineData(ImagePolicy.Tag, Image, "busybox:1.36", true)]
    [InlineData(ImagePolicy.Tag, "busybox", "busybox:latest", true)]
    [InlineData(ImagePolicy.Tag, $"busybox@{Digest}", "busybox:latest", true)]
    [InlineData(ImagePolicy.Local, Image, "busybox:1.36", false)]
    [InlineData(ImagePolicy.Local, "registry.lan:5000/a/b", "registry.lan:5000/a/b:latest", false)]
    public void The_policy_decides_what_a_reference_means(ImagePolicy policy, string image, string chosen, bool mayPull)
    {
        var choice = ImageChoice.Of(image, policy);
        Assert.Equal((chosen, mayPull), (choice.Reference.Familiar, choice.MayPull));
        Assert.Equal(policy == ImagePolicy.Pinned && !image.Contains('@'), choice.IsUnpinned);
    }

    [Theory]
    [InlineData(ImagePolicy.Pinned, $"/images/busybox:1.36@{Digest}/json")]
    [InlineData(ImagePolicy.Tag, "/images/busybox:1.36/json")]
    [InlineData(ImagePolicy.Local, "/images/busybox:1.36/json")]
    public async Task An_image_that_is_there_is_not_pulled_and_containers_are_made_from_it(ImagePolicy policy, string path)
    {
        await using var fake = Start(policy).On("GET", path, FakeReply.Json("{}")).On("POST", "/containers/create", FakeReply.Json("""{"Id":"c"}""", 201));
        await fake.Runtime.EnsureImageAsync(Service(), null, Token);
        await fake.Runtime.CreateContainerAsync(Service(), "web-01-ssh", "b", Token);
        Assert.Equal(2, fake.Calls.Count);
        Assert.Equal(path, $"/images/{fake.Sent("/containers/create").GetProperty("Image").GetString()}/json");
    }

    [Fact]
    public async Task A_missing_image_is_pulled_by_its_digest_and_looked_for_again()
    {
        var there = false;
        await using var fake = Start(ImagePolicy.Pinned)
            .On("GET", "/images/*", _ => there ? FakeReply.Json("{}") : FakeReply.Error(404, "No such image"))
            .On("POST", Pull, _ =>
            {
                there = true;
                return FakeReply.Json(
                    """
                    {"status":"Pulling from library/busybox","id":"sha256"}
                    {"status":"Downloading","progressDetail":{"current":500000,"total":2000000},"id":"a"}
                    {"status":"Downloading","progressDetail":{"current":510000,"total":2000000},"id":"a"}
                    {"status":"Download complete","progressDetail":{},"id":"a"}
                    {"status":"Status: Downloaded newer image"}
                    """);
            });
        var told = new Told();
        await fake.Runtime.EnsureImageAsync(Service(), told, Token);
        var pull = Assert.Single(fake.Daemon.Requests, request => request.Path == Pull);
        Assert.Equal(("busybox", Digest), (pull.Query["fromImage"], pull.Query["tag"]));
        Assert.Equal(
            [$"{Image}: pulling", $"{Image}: pulling, 20 % of 2.0 MB", $"{Image}: pulling, 100 % of 2.0 MB", $"{Image}: complete"], told.Lines);
        Assert.Equal("GET", fake.Daemon.Requests[^1].Method);
    }

    [Theory]
    [InlineData(404, "pull access denied for busybox")]
    [InlineData(200, """{"errorDetail":{"code":404,"message":"manifest unknown"},"error":"manifest unknown"}""")]
    [InlineData(200, """{"errorDetail":{"message":"manifest unknown: manifest unknown"},"error":"manifest unknown: manifest unknown"}""")]
    public async Task An_image_that_is_nowhere_is_one_error_with_its_name_and_the_way_out(int status, string body)
    {
        await using var fake = Start(ImagePolicy.Tag)
            .On("GET", "/images/*", FakeReply.Error(404, "No such image"))
            .On("POST", Pull, status == 200 ? FakeReply.Json(body) : FakeReply.Error(status, body));
        var error = await Assert.ThrowsAsync<RuntimeException>(() => fake.Runtime.EnsureImageAsync(Service(), null, Token));
        Assert.Equal(RuntimeError.NotFound, error.Error);
        Assert.False(error.IsTransient);
        Assert.Contains("busybox:1.36", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker login docker.io", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_that_breaks_may_be_tried_again()
    {
        await using var fake = Start(ImagePolicy.Tag)
            .On("GET", "/images/*", FakeReply.Error(404, "No such image"))
            .On("POST", Pull, FakeReply.Json("""{"error":"net/http: TLS handshake timeout","errorDetail":{"message":"net/http: TLS handshake timeout"}}"""), FakeReply.Error(500, "lookup registry: no such host"));
        for (var turn = 0; turn < 2; turn++)
        {
            var error = await Assert.ThrowsAnyAsync<RuntimeException>(() => fake.Runtime.EnsureImageAsync(Service(), null, Token));
            Assert.True(error.IsTransient);
        }
    }

    [Fact]
    public async Task The_local_policy_never_pulls_and_says_so()
    {
        await using var fake = Start(ImagePolicy.Local).On("GET", "/images/*", FakeReply.Error(404, "No such image"));
        var error = await Assert.ThrowsAsync<RuntimeException>(() => fake.Runtime.EnsureImageAsync(Service(), null, Token));
        Assert.Equal(RuntimeError.NotFound, error.Error);
        Assert.Contains("Local", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fake.Daemon.Requests, request => request.Path == Pull);
    }

    [Fact]
    public async Task A_pull_that_leaves_nothing_is_an_error()
    {
        await using var fake = Start(ImagePolicy.Tag).On("GET", "/images/*", FakeReply.Error(404, "No such image")).On("POST", Pull, FakeReply.Json("""{"status":"done"}"""));
        await Assert.ThrowsAsync<RuntimeException>(() => fake.Runtime.EnsureImageAsync(Service(), null, Token));
    }

    [Fact]
    public async Task Callers_share_one_pull_and_each_is_told_how_far_it_is()
    {
        var chunks = new ChunkSource();
        await using var fake = Start(ImagePolicy.Tag)
            .On("GET", "/images/*", [.. Enumerable.Repeat(FakeReply.Error(404, "No such image"), 8), FakeReply.Json("{}")])
            .On("POST", Pull, FakeReply.Stream(chunks.ReadAsync()));
        var tellers = Enumerable.Range(0, 8).Select(_ => new Told()).ToArray();
        var pulls = tellers.Select(told => fake.Runtime.EnsureImageAsync(Service(), told, Token)).ToArray();
        await fake.Daemon.RequestedAsync("GET", "/images/*", 8);
        chunks.Add("""{"status":"Pulling"}""");
        await Eventually.TrueAsync(() => Task.FromResult(tellers.All(told => told.Lines.Length > 0)));
        chunks.End();
        await Task.WhenAll(pulls);
        Assert.Single(fake.Daemon.Requests, request => request.Path == Pull);
        Assert.All(tellers, told => Assert.Contains("busybox:1.36: complete", told.Lines));
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_a_pull_only_when_nobody_waits_for_it_any_more()
    {
        var chunks = new ChunkSource();
        await using var fake = Start(ImagePolicy.Tag)
            .On("GET", "/images/*", [.. Enumerable.Repeat(FakeReply.Error(404, "No such image"), 2), FakeReply.Json("{}")])
            .On("POST", Pull, FakeReply.Stream(chunks.ReadAsync()));
        using var first = new CancellationTokenSource();
        var left = fake.Runtime.EnsureImageAsync(Service(), null, first.Token);
        var stays = fake.Runtime.EnsureImageAsync(Service(), null, Token);
        await fake.Daemon.RequestedAsync("GET", "/images/*", 2);
        await fake.Daemon.RequestedAsync("POST", Pull);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        chunks.End();
        await stays;
    }

    [Fact]
    public async Task A_pull_that_all_have_left_ends_and_the_next_caller_begins_anew()
    {
        var chunks = new ChunkSource();
        await using var fake = Start(ImagePolicy.Tag)
            .On("GET", "/images/*", FakeReply.Error(404, "No such image"), FakeReply.Error(404, "No such image"), FakeReply.Json("{}"))
            .On("POST", Pull, FakeReply.Stream(chunks.ReadAsync()), FakeReply.Json("{}"));
        using var caller = new CancellationTokenSource();
        var left = fake.Runtime.EnsureImageAsync(Service(), null, caller.Token);
        await fake.Daemon.RequestedAsync("POST", Pull);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await fake.Runtime.EnsureImageAsync(Service(), null, Token);
        Assert.Equal(2, fake.Daemon.Requests.Count(request => request.Path == Pull));
    }

    [Fact]
    public async Task An_image_without_a_digest_is_named_in_the_log_once()
    {
        await using var fake = Start(ImagePolicy.Pinned).On("GET", "/images/*", FakeReply.Json("{}"));
        await fake.Runtime.EnsureImageAsync(Service("corp/ssh:1"), null, Token);
        await fake.Runtime.EnsureImageAsync(Service("corp/ssh:1"), null, Token);
        await fake.Runtime.EnsureImageAsync(Service(), null, Token);
        Assert.Equal((202, "The image corp/ssh:1 has no digest, so that it is not pinned: whatever has its tag is used"), Assert.Single(fake.Log));
    }

    [Fact]
    public async Task An_impossible_reference_names_the_container()
    {
        await using var fake = Start(ImagePolicy.Tag);
        var error = await Assert.ThrowsAsync<RuntimeException>(() => fake.Runtime.EnsureImageAsync(Service("Corp/SSH"), null, Token));
        Assert.Contains("web-01-ssh", error.Message, StringComparison.Ordinal);
        Assert.Equal(RuntimeError.Invalid, error.Error);
    }

    static FakeRuntime Start(ImagePolicy policy) => FakeRuntime.Start(options: new DockerRuntimeOptions { ImagePolicy = policy });

    static ContainerSpec Service(string image = Image) =>
        new() { Name = "web-01-ssh", Role = ContainerRole.Service, ServiceName = "ssh", Image = image, ConfigHash = "" };

    sealed class Told : IProgress<string>
    {
        readonly ConcurrentQueue<string> lines = new();

        internal string[] Lines => [.. lines];

        public void Report(string value) => lines.Enqueue(value);
    }
}
