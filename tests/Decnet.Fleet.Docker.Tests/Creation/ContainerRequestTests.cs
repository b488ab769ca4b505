namespace Decnet.Fleet.Docker.Tests.Creation;

using Decnet.FakeDaemon;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Tests.Api;
using Decnet.Testing;

public sealed class ContainerRequestTests
{
    const string Start = "/containers/c1/start";

    static readonly DeckyBlueprint Blueprint = Compose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_is_made_with_its_name_in_one_request()
    {
        await using var fake = FakeRuntime.Start("1.41").On("POST", "/containers/create", FakeReply.Json("""{"Id":"c1","Warnings":[]}""", 201));
        Assert.Equal("c1", await fake.Runtime.CreateContainerAsync(Blueprint.Base, "web-01", null, Token));
        Assert.Equal(["POST /v1.41/containers/create?name=web-01"], fake.Calls);
        Assert.Equal("debian:bookworm-slim", fake.Sent("/containers/create").GetProperty("Image").GetString());
        Assert.Equal("SIGKILL", fake.Sent("/containers/create").GetProperty("StopSignal").GetString());
    }

    [Fact]
    public async Task Warnings_are_logged_once()
    {
        await using var fake = FakeRuntime.Start().On("POST", "/containers/create", FakeReply.Json("""{"Id":"c1","Warnings":["no swap limit","odd"]}""", 201));
        for (var turn = 0; turn < 3; turn++)
        {
            await fake.Runtime.CreateContainerAsync(Blueprint.Base, "web-01", null, Token);
        }

        Assert.Equal([(201, "The engine says of web-01: no swap limit"), (201, "The engine says of web-01: odd")], fake.Log);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        await using var fake = FakeRuntime.Start().On("POST", "/containers/create", FakeReply.Error(409, "Conflict. The container name \"/web-01\" is already in use"));
        await FailsAsync(RuntimeError.Conflict, "web-01", () => fake.Runtime.CreateContainerAsync(Blueprint.Base, "web-01", null, Token));
    }

    [Fact]
    public async Task An_answer_without_an_id_is_an_error()
    {
        await using var fake = FakeRuntime.Start().On("POST", "/containers/create", FakeReply.Json("{}", 201));
        await FailsAsync(RuntimeError.Server, "web-01", () => fake.Runtime.CreateContainerAsync(Blueprint.Base, "web-01", null, Token));
    }

    [Fact]
    public async Task Starting_what_runs_and_stopping_what_is_stopped_succeed()
    {
        await using var fake = FakeRuntime.Start().On("POST", "/containers/*", FakeReply.NotModified);
        await fake.Runtime.StartContainerAsync("c1", Token);
        await fake.Runtime.StopContainerAsync("c1", TimeSpan.FromSeconds(1.5), Token);
        Assert.Equal(["POST /v1.47/containers/c1/start", "POST /v1.47/containers/c1/stop?t=2"], fake.Calls);
    }

    [Fact]
    public async Task Removing_what_is_gone_succeeds()
    {
        await using var fake = FakeRuntime.Start().On("DELETE", "/containers/c1", FakeReply.Error(404, "No such container: c1"));
        await fake.Runtime.RemoveContainerAsync("c1", Token);
    }

    [Theory]
    [InlineData("Address already in use")]
    [InlineData("failed to set up container networking: Address already in use")]
    public async Task An_address_that_is_taken_is_a_conflict(string message)
    {
        await using var fake = FakeRuntime.Start().On("POST", Start, FakeReply.Error(403, message));
        await FailsAsync(RuntimeError.Conflict, "has its address", () => fake.Runtime.StartContainerAsync("c1", Token));
    }

    [Fact]
    public async Task A_plugin_that_forbids_is_not_taken_for_a_conflict()
    {
        await using var fake = FakeRuntime.Start().On("POST", Start, FakeReply.Error(403, "authorization denied by plugin policy: no starts today"));
        await FailsAsync(RuntimeError.Forbidden, "no starts today", () => fake.Runtime.StartContainerAsync("c1", Token));
    }

    [Theory]
    [InlineData(409, RuntimeError.Conflict, "cannot join network of a non running container: b1")]
    [InlineData(404, RuntimeError.NotFound, "network decnet_lan not found")]
    [InlineData(500, RuntimeError.Server, "no space left on device")]
    public async Task Other_refusals_are_what_their_status_says(int status, RuntimeError kind, string message)
    {
        await using var fake = FakeRuntime.Start().On("POST", Start, FakeReply.Error(status, message));
        await FailsAsync(kind, message, () => fake.Runtime.StartContainerAsync("c1", Token));
    }

    [Fact]
    public async Task A_kernel_setting_that_the_host_does_not_have_is_explained()
    {
        await using var fake = FakeRuntime.Start().On(
            "POST", Start, FakeReply.Error(400, "OCI runtime create failed: open /proc/sys/net/ipv4/tcp_ecn: no such file or directory: unknown"));
        await FailsAsync(RuntimeError.Invalid, "OS family", () => fake.Runtime.StartContainerAsync("c1", Token));
    }

    [Theory]
    [InlineData(400, "Renaming a container with the same name as its current name")]
    [InlineData(409, "Conflict. The container name \"/web-01\" is already in use by container \"c1\"")]
    public async Task Giving_a_container_its_own_name_succeeds(int status, string message)
    {
        await using var fake = FakeRuntime.Start()
            .On("POST", "/containers/c1/rename", FakeReply.Error(status, message))
            .On("GET", "/containers/c1/json", FakeReply.Json("""{"Id":"c1","Name":"/web-01"}"""));
        await fake.Runtime.RenameContainerAsync("c1", "web-01", Token);
        await FailsAsync(
            status == 409 ? RuntimeError.Conflict : RuntimeError.Invalid, message, () => fake.Runtime.RenameContainerAsync("c1", "web-02", Token));
    }

    [Fact]
    public async Task A_lost_answer_is_a_failure_that_can_be_repeated()
    {
        await using var fake = FakeRuntime.Start(timeouts: FakeEngine.Short)
            .On("POST", "/containers/create", FakeReply.Close, FakeReply.Hang, FakeReply.Error(409, "The container name \"/web-01\" is already in use"));
        foreach (var kind in new[] { RuntimeError.Unreachable, RuntimeError.Timeout, RuntimeError.Conflict })
        {
            await FailsAsync(kind, "web-01", () => fake.Runtime.CreateContainerAsync(Blueprint.Base, "web-01", null, Token));
        }

        Assert.Equal(3, fake.Calls.Count);
    }

    static async Task FailsAsync(RuntimeError kind, string words, Func<Task> call)
    {
        var error = await Assert.ThrowsAnyAsync<RuntimeException>(call);
        Assert.Equal(kind, error.Error);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    static DeckyBlueprint Compose()
    {
        var decky = Sample.Decky("web-01", "198.18.5.9", "ssh");
        return new DeckyComposer(FleetCatalog.BuiltIn).Compose(Sample.Fleet(decky), decky);
    }
}
