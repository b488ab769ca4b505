namespace Decnet.Fleet.Docker.Tests.Images;

using System.Text.Json.Nodes;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

public sealed class ImageStoreRegistryTests
{
    const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    static readonly CancellationToken None = CancellationToken.None;
    static readonly FakeReply Present = FakeReply.Json("{}");
    static readonly FakeReply Missing = FakeReply.Error(404, "No such image");

    [Theory]
    [InlineData(ImagePolicy.Pinned, $"busybox:1.36@{Digest}", $"busybox:1.36@{Digest}")]
    [InlineData(ImagePolicy.Pinned, "busybox:1.36", "busybox:1.36")]
    [InlineData(ImagePolicy.Tag, $"busybox:1.36@{Digest}", "busybox:1.36")]
    [InlineData(ImagePolicy.Local, $"busybox@{Digest}", "busybox:latest")]
    public async Task What_is_on_the_engine_is_not_pulled(ImagePolicy policy, string image, string asked)
    {
        await using var engine = FakeEngine.Start().On("GET", "/images/*", Present);
        var images = Store(engine, policy);
        await images.EnsureAsync(Container(image), null, None);
        Assert.Equal([$"/images/{asked}/json"], engine.Daemon.Requests.Skip(1).Select(request => request.Path));
        Assert.Equal(asked, images.ReferenceOf(Container(image)));
    }

    [Theory]
    [InlineData(ImagePolicy.Pinned, Digest)]
    [InlineData(ImagePolicy.Tag, "1.36")]
    public async Task What_is_missing_is_pulled_as_the_policy_means_it(ImagePolicy policy, string tag)
    {
        await using var engine = FakeEngine.Start().On("GET", "/images/*", Missing, Present).On("POST", "/images/create", Present);
        await Store(engine, policy).EnsureAsync(Container($"registry.lan:5000/decoys/busybox:1.36@{Digest}"), null, None);
        var pull = Assert.Single(engine.Daemon.Requests, request => request.Method == "POST");
        Assert.Equal(("registry.lan:5000/decoys/busybox", tag), (pull.Query["fromImage"], pull.Query["tag"]));
    }

    [Fact]
    public async Task What_is_missing_is_an_error_when_nothing_may_be_pulled()
    {
        await using var engine = FakeEngine.Start().On("GET", "/images/*", Missing);
        var error = await FailAsync(engine, ImagePolicy.Local);
        Assert.Contains("the image policy is Local", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(engine.Daemon.Requests, request => request.Method == "POST");
    }

    public static TheoryData<string, FakeReply> Denials => new()
    {
        { "status", FakeReply.Error(404, "pull access denied for busybox") },
        { "words with a status that says nothing", FakeReply.Error(500, "manifest for busybox:1.36 not found: manifest unknown: manifest unknown") },
        { "words in the stream", FakeReply.Json("""{"errorDetail":{"message":"pull access denied for busybox"},"error":"x"}""") },
    };

    [Theory]
    [MemberData(nameof(Denials), DisableDiscoveryEnumeration = true)]
    public async Task What_its_registry_does_not_give_is_missing_for_good(string by, FakeReply denial)
    {
        await using var engine = FakeEngine.Start().On("GET", "/images/*", Missing).On("POST", "/images/create", denial);
        var error = await FailAsync(engine, ImagePolicy.Tag);
        Assert.True(error.Message.Contains("docker login docker.io", StringComparison.Ordinal), by);
    }

    [Fact]
    public async Task What_is_gone_again_after_its_pull_is_missing()
    {
        await using var engine = FakeEngine.Start().On("GET", "/images/*", Missing).On("POST", "/images/create", Present);
        Assert.Contains("was pulled and still is not there", (await FailAsync(engine, ImagePolicy.Tag)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_pass_stays_transient()
    {
        await using var engine = FakeEngine.Start()
            .On("GET", "/images/*", Missing).On("POST", "/images/create", FakeReply.Error(500, "dial tcp: lookup docker.io: i/o timeout"));
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => Store(engine, ImagePolicy.Tag).EnsureAsync(Container("busybox:1.36"), null, None));
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task The_credentials_of_its_registry_are_shown_and_told_nobody_else()
    {
        using var folder = new CredentialFolder();
        folder.WriteConfig("""{"auths":{"registry.lan":{"auth":"bWU6aHVudGVyMg=="}}}""");
        await using var engine = FakeEngine.Start()
            .On("GET", "/images/*", Missing).On("POST", "/images/create", FakeReply.Error(401, "denied"), FakeReply.Error(401, "denied"));
        var images = new ImageStore(engine.Client, ImagePolicy.Tag, new RegistryCredentials(folder.File("."), folder.Helper()), NullLogger.Instance);
        var error = await Assert.ThrowsAsync<RuntimeException>(() => images.EnsureAsync(Container("registry.lan/decoy:1"), null, None));
        await Assert.ThrowsAsync<RuntimeException>(() => images.EnsureAsync(Container("elsewhere.lan/decoy:1"), null, None));

        var pulls = engine.Daemon.Requests.Where(request => request.Method == "POST").ToList();
        var shown = pulls[0].Headers["X-Registry-Auth"];
        Assert.Equal("hunter2", (string?)JsonNode.Parse(Convert.FromBase64String(shown.Replace('-', '+').Replace('_', '/')))!["password"]);
        Assert.False(pulls[1].Headers.ContainsKey("X-Registry-Auth"));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(shown, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_none_names_its_container()
    {
        await using var engine = FakeEngine.Start();
        var error = await Assert.ThrowsAsync<RuntimeException>(() => Store(engine, ImagePolicy.Tag).EnsureAsync(Container("Busy Box"), null, None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Contains("web-01", error.Message, StringComparison.Ordinal);
        Assert.Empty(engine.Daemon.Requests);
    }

    static ContainerSpec Container(string image) => new() { Name = "web-01", Role = ContainerRole.Base, Image = image, ConfigHash = "hash" };

    static ImageStore Store(FakeEngine engine, ImagePolicy policy) => new(engine.Client, policy, credentials: null, NullLogger.Instance);

    static async Task<RuntimeException> FailAsync(FakeEngine engine, ImagePolicy policy)
    {
        var error = await Assert.ThrowsAsync<RuntimeException>(() => Store(engine, policy).EnsureAsync(Container("busybox:1.36"), null, None));
        Assert.Equal(RuntimeError.NotFound, error.Error);
        Assert.StartsWith("The image busybox:1.36 is not on the engine at " + engine.Daemon.Endpoint, error.Message, StringComparison.Ordinal);
        return error;
    }
}
