namespace Decnet.Fleet.Docker.Tests.Networks;

using System.Net;
using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;

public sealed class NetworkTests
{
    const string Ours = """{"com.docker.compose.project":"decnet","com.docker.compose.network":"decnet_lan"}""";

    static readonly NetworkSpec Macvlan = new()
    {
        Name = "decnet_lan",
        Driver = NetworkDriver.Macvlan,
        Subnet = IPNetwork.Parse("198.18.5.0/24"),
        Gateway = IPAddress.Parse("198.18.5.1"),
        ParentInterface = "eth0",
        Labels = new ValueMap<string>([new("com.docker.compose.project", "decnet")]),
    };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NetworkDriver.Macvlan, """{"parent":"eth0"}""")]
    [InlineData(NetworkDriver.Ipvlan, """{"parent":"eth0","ipvlan_mode":"l2"}""")]
    [InlineData(NetworkDriver.Bridge, null)]
    public async Task A_network_is_made_as_it_should_be(NetworkDriver driver, string? options)
    {
        await using var fake = FakeRuntime.Start().On("POST", "/networks/create", FakeReply.Json("""{"Id":"n1"}""", 201));
        await fake.Runtime.CreateNetworkAsync(
            Macvlan with { Driver = driver, ParentInterface = driver == NetworkDriver.Bridge ? null : "eth0", Range = IPNetwork.Parse("198.18.5.64/26") }, Token);
        var sent = fake.Sent("/networks/create");
        Assert.Equal("decnet_lan", sent.GetProperty("Name").GetString());
        Assert.True(sent.GetProperty("CheckDuplicate").GetBoolean());
        Assert.Equal(driver.ToString().ToLowerInvariant(), sent.GetProperty("Driver").GetString());
        Assert.Equal(options, sent.TryGetProperty("Options", out var given) ? given.GetRawText() : null);
        Assert.Equal("""{"com.docker.compose.project":"decnet"}""", sent.GetProperty("Labels").GetRawText());
        Assert.Equal(
            """{"Driver":"default","Config":[{"Subnet":"198.18.5.0/24","IPRange":"198.18.5.64/26","Gateway":"198.18.5.1"}]}""", sent.GetProperty("IPAM").GetRawText());
    }

    [Fact]
    [Trait("Weakness", "W-40")]
    public async Task A_network_is_found_by_its_whole_name()
    {
        await using var fake = Listing(Network("n2", "decnet_lan2", Ours), Network("n3", "my_decnet_lan", Ours));
        Assert.Null(await fake.Runtime.FindNetworkAsync("decnet_lan", Token));
    }

    [Fact]
    public async Task A_network_is_read_as_it_was_made()
    {
        await using var fake = Listing(Network("n1", "decnet_lan", Ours)).On("GET", "/networks/n1", FakeReply.Json(
            Network("n1", "decnet_lan", Ours, members: """{"c1":{"Name":"web-02"},"c2":{"Name":"web-01"}}""")));
        var found = await fake.Runtime.FindNetworkAsync("decnet_lan", Token);
        Assert.Equal("n1", found!.Id);
        Assert.Equal(["web-01", "web-02"], found.Attached);
        Assert.Equal(Macvlan with { Labels = found.Spec.Labels }, found.Spec);
        Assert.Equal("decnet", found.Spec.Labels["com.docker.compose.project"]);
    }

    [Fact]
    public async Task Stopped_containers_are_attached_too()
    {
        await using var fake = Listing(Network("n1", "decnet_lan", Ours))
            .On("GET", "/networks/n1", FakeReply.Json(Network("n1", "decnet_lan", Ours)))
            .On("GET", "/containers/json", FakeReply.Json("""[{"Id":"c1","Names":["/web-01"]},{"Id":"c2","Names":null}]"""));
        Assert.Equal(2, (await fake.Runtime.FindNetworkAsync("decnet_lan", Token))!.Attached.Count);
        var asked = fake.Daemon.Requests.Last().Query;
        Assert.Equal(("1", """{"network":["n1","decnet_lan"]}"""), (asked["all"], asked["filters"]));
    }

    [Fact]
    public async Task Of_several_with_one_name_ours_is_taken()
    {
        await using var fake = Listing(Network("n1", "decnet_lan", "{}"), Network("n2", "decnet_lan", Ours))
            .On("GET", "/networks/n2", FakeReply.Json(Network("n2", "decnet_lan", Ours, members: """{"c1":{"Name":"web-02"}}""")));
        Assert.Equal("n2", (await fake.Runtime.FindNetworkAsync("decnet_lan", Token))!.Id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(Ours)]
    public async Task Of_several_alike_none_is_taken(string labels)
    {
        await using var fake = Listing(Network("n1", "decnet_lan", labels), Network("n2", "decnet_lan", labels));
        var error = await Assert.ThrowsAsync<RuntimeException>(() => fake.Runtime.FindNetworkAsync("decnet_lan", Token));
        Assert.Equal(RuntimeError.Conflict, error.Error);
        Assert.Contains("n1, n2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("overlay", "{}", "driver is overlay")]
    [InlineData("ipvlan", """{"ipvlan_mode":"l3"}""", "mode is l3")]
    [InlineData("macvlan", """{"macvlan_mode":"private"}""", "mode is private")]
    public async Task A_network_of_another_kind_is_named_as_such(string driver, string options, string why)
    {
        await using var fake = Listing(Network("n1", "decnet_lan", Ours))
            .On("GET", "/networks/n1", FakeReply.Json(Network("n1", "decnet_lan", Ours, driver, options)));
        var error = await Assert.ThrowsAsync<RuntimeException>(() => fake.Runtime.FindNetworkAsync("decnet_lan", Token));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_goes_between_list_and_look_is_not_there()
    {
        await using var fake = Listing(Network("n1", "decnet_lan", Ours)).On("GET", "/networks/n1", FakeReply.Error(404, "network n1 not found"));
        Assert.Null(await fake.Runtime.FindNetworkAsync("decnet_lan", Token));
    }

    [Theory]
    [InlineData(409, "network with name decnet_lan already exists")]
    [InlineData(403, "Pool overlaps with other one on this address space")]
    public async Task A_network_that_somebody_else_just_made_alike_is_as_good(int status, string message)
    {
        await using var fake = Listing(Network("n1", "decnet_lan", Ours))
            .On("GET", "/networks/n1", FakeReply.Json(Network("n1", "decnet_lan", Ours, members: """{"c1":{"Name":"web-02"}}""")))
            .On("POST", "/networks/create", FakeReply.Error(status, message));
        await fake.Runtime.CreateNetworkAsync(Macvlan, Token);
        var error = await Assert.ThrowsAsync<DockerEngineException>(
            () => fake.Runtime.CreateNetworkAsync(Macvlan with { Subnet = IPNetwork.Parse("198.18.6.0/24") }, Token));
        Assert.Equal(RuntimeError.Conflict, error.Error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"com.docker.compose.project":"decnet2"}""")]
    [Trait("Weakness", "W-40")]
    public async Task A_network_that_others_made_is_used_when_it_fits_and_never_removed(string labels)
    {
        await using var fake = Listing(Network("n1", "decnet_lan", labels))
            .On("GET", "/networks/n1", FakeReply.Json(Network("n1", "decnet_lan", labels)))
            .On("GET", "/containers/json", FakeReply.Json("[]"));
        await new NetworkProvisioner(fake.Runtime).EnsureAsync(Macvlan, Token);
        var error = await Assert.ThrowsAsync<RuntimeException>(
            () => new NetworkProvisioner(fake.Runtime).EnsureAsync(Macvlan with { ParentInterface = "eth1" }, Token));
        Assert.Equal(RuntimeError.Conflict, error.Error);
        Assert.Contains("that Decnet did not make", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fake.Calls, call => call.StartsWith("DELETE", StringComparison.Ordinal) || call.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Weakness", "W-41")]
    public async Task A_network_of_ours_on_another_parent_is_made_anew_when_nothing_is_attached()
    {
        await using var fake = Listing(Network("n1", "decnet_lan", Ours))
            .On("GET", "/networks/n1", FakeReply.Json(Network("n1", "decnet_lan", Ours)))
            .On("GET", "/containers/json", FakeReply.Json("[]"))
            .On("DELETE", "/networks/n1", FakeReply.NoContent)
            .On("POST", "/networks/create", FakeReply.Json("""{"Id":"n2"}""", 201));
        await new NetworkProvisioner(fake.Runtime).EnsureAsync(Macvlan with { ParentInterface = "eth1" }, Token);
        Assert.Equal("eth1", fake.Sent("/networks/create").GetProperty("Options").GetProperty("parent").GetString());
    }

    [Fact]
    public async Task Removing_what_is_gone_succeeds_and_what_is_in_use_does_not()
    {
        await using var fake = FakeRuntime.Start()
            .On("GET", "/networks/n1", FakeReply.Json(Network("n1", "decnet_lan", Ours)))
            .On("GET", "/networks/n2", FakeReply.Error(404, "network n2 not found"))
            .On("DELETE", "/networks/n1", FakeReply.Error(404, "network n1 not found"), FakeReply.Error(403, "network has active endpoints"));
        await fake.Runtime.RemoveNetworkAsync("n1", Token);
        await fake.Runtime.RemoveNetworkAsync("n2", Token);
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => fake.Runtime.RemoveNetworkAsync("n1", Token));
        Assert.Equal(RuntimeError.Conflict, error.Error);
    }

    static FakeRuntime Listing(params string[] networks) => FakeRuntime.Start().On("GET", "/networks", FakeReply.Json($"[{string.Join(',', networks)}]"));

    static string Network(string id, string name, string labels, string driver = "macvlan", string options = """{"parent":"eth0"}""", string members = "{}") =>
        $$"""
        {"Name":"{{name}}","Id":"{{id}}","Scope":"local","Driver":"{{driver}}","Internal":false,"Containers":{{members}},"Options":{{options}},
         "IPAM":{"Driver":"default","Config":[{"Subnet":"fd00::/64"},{"Subnet":"198.18.5.0/24","Gateway":"198.18.5.1"}]},"Labels":{{labels}}}
        """;
}
