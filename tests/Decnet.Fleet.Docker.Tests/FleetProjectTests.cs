namespace Decnet.Fleet.Docker.Tests;

using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Listing;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Compose;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Watching;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Testing;

/// <summary>A fleet of another project: renamed on the engine, and called as ever by the library.</summary>
public sealed class FleetProjectTests
{
    const string Project = "com.docker.compose.project";

    static readonly DockerRuntimeOptions Lab = new() { ImagePolicy = ImagePolicy.Tag, Project = "lab" };

    static readonly Fleet Fleet = Sample.Fleet(Sample.Decky("web-01", "198.18.0.10", "ssh"));

    static readonly DeckyBlueprint Blueprint = new DeckyComposer(FleetCatalog.BuiltIn).Compose(Fleet, Fleet.Deckies[0]);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_are_made_with_its_label_its_network_and_a_name_of_their_own()
    {
        await using var fake = FakeRuntime.Start(options: Lab)
            .On("POST", "/containers/create", FakeReply.Json("""{"Id":"c1"}""", 201))
            .On("POST", "/containers/c1/rename", FakeReply.NoContent);
        await fake.Runtime.CreateContainerAsync(Blueprint.Base, "web-01", null, Token);
        await fake.Runtime.RenameContainerAsync("c1", "web-02", Token);

        Assert.Equal(["POST /v1.47/containers/create?name=lab-web-01", "POST /v1.47/containers/c1/rename?name=lab-web-02"], fake.Calls);
        var sent = fake.Sent("/containers/create");
        Assert.Equal("lab", sent.GetProperty("Labels").GetProperty(Project).GetString());
        Assert.Equal(Blueprint.Base.ConfigHash, sent.GetProperty("Labels").GetProperty(DecnetLabels.ComposeConfigHash).GetString());
        Assert.Equal("lab_lan", sent.GetProperty("HostConfig").GetProperty("NetworkMode").GetString());
        Assert.True(sent.GetProperty("NetworkingConfig").GetProperty("EndpointsConfig").TryGetProperty("lab_lan", out _));
        Assert.Equal(Blueprint.Base.Hostname, sent.GetProperty("Hostname").GetString());
    }

    [Fact]
    public async Task Its_containers_alone_are_seen_under_their_usual_names()
    {
        var theirs = FakeFleet.Containers(1, "ssh").ToArray();
        var ours = theirs.Select(container => container with
        {
            Id = new string(container.Id.Reverse().ToArray()),
            Name = "lab-" + container.Name,
            Labels = container.Labels.ToDictionary(label => label.Key, label => label.Key == Project ? "lab" : label.Value),
            Endpoints = [.. container.Endpoints.Select(endpoint => endpoint with { Network = "lab_lan" })],
            NetworkMode = container.NetworkMode == "decnet_lan" ? "lab_lan" : container.NetworkMode,
        });
        await using var fake = FakeRuntime.Start(options: Lab).On("GET", "/containers/json", new ContainerListing([.. theirs, .. ours]).Answer);

        var seen = Assert.IsType<ObservedState.Known>(await fake.Runtime.ObserveAsync(Token)).Containers;

        Assert.Equal(["decky-00001", "decky-00001-ssh"], seen.Select(container => container.Name).Order(StringComparer.Ordinal));
        Assert.All(seen, container => Assert.Equal(("decky-00001", false), (container.DeckyName, container.NetworkLost)));
        Assert.Equal("""{"label":["com.docker.compose.project=lab"]}""", fake.Daemon.Requests.Last().Query["filters"]);
    }

    [Fact]
    public async Task A_base_that_is_on_the_network_of_another_project_has_lost_its_own()
    {
        var stray = FakeFleet.Containers(1, "ssh").Select(container => container with
        {
            Labels = container.Labels.ToDictionary(label => label.Key, label => label.Key == Project ? "lab" : label.Value),
        });
        await using var fake = FakeRuntime.Start(options: Lab).On("GET", "/containers/json", new ContainerListing([.. stray]).Answer);
        var seen = Assert.IsType<ObservedState.Known>(await fake.Runtime.ObserveAsync(Token)).Containers;
        Assert.True(seen.Single(container => container.Role == ContainerRole.Base).NetworkLost);
    }

    [Theory]
    [InlineData("lab", true)]
    [InlineData("decnet", false)]
    public async Task Its_network_is_its_own_and_no_other_project_s(string label, bool removed)
    {
        var network = $$"""
            {"Id":"n1","Name":"lab_lan","Driver":"bridge","Labels":{ "{{Project}}":"{{label}}","com.docker.compose.network":"{{label}}_lan" },
             "IPAM":{"Config":[{"Subnet":"198.18.0.0/24","Gateway":"198.18.0.1"}] },"Containers":{},"Options":{} }
            """;
        await using var fake = FakeRuntime.Start(options: Lab)
            .On("GET", "/networks", FakeReply.Json($"[{network}]"))
            .On("GET", "/networks/n1", FakeReply.Json(network))
            .On("GET", "/containers/json", FakeReply.Json("[]"))
            .On("DELETE", "/networks/n1", FakeReply.NoContent);

        var found = await fake.Runtime.FindNetworkAsync(DecnetLabels.NetworkName, Token);

        Assert.Equal(DecnetLabels.NetworkName, found!.Spec.Name);
        Assert.Equal(removed, await new NetworkProvisioner(fake.Runtime).RemoveAsync(DecnetLabels.NetworkName, Token));
        Assert.Equal(removed, fake.Calls.Any(call => call.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Its_network_is_made_with_its_label_and_name()
    {
        await using var fake = FakeRuntime.Start(options: Lab).On("POST", "/networks/create", FakeReply.Json("""{"Id":"n1"}""", 201));
        await fake.Runtime.CreateNetworkAsync(DeckyComposer.Network(Fleet with { Driver = NetworkDriver.Bridge }), Token);
        var sent = fake.Sent("/networks/create");
        Assert.Equal("lab_lan", sent.GetProperty("Name").GetString());
        Assert.Equal($$"""{"{{Project}}":"lab","com.docker.compose.network":"lab_lan"}""", sent.GetProperty("Labels").GetRawText());
    }

    [Fact]
    public void Its_events_alone_wake() => Assert.Contains("com.docker.compose.project=lab\"", WakingEvents.FiltersFor(new FleetProject("lab")), StringComparison.Ordinal);

    [Fact]
    public void Its_Compose_file_has_its_names()
    {
        var yaml = ComposeExporter.Export(Fleet, Lab);
        Assert.Matches("container_name: [\"']?lab-web-01-ssh\\b", yaml);
        Assert.Contains("lab_lan", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("decnet_lan", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lab", true)]
    [InlineData("2_lab-x", true)]
    [InlineData("", false)]
    [InlineData("Lab", false)]
    [InlineData("-lab", false)]
    [InlineData("lab.x", false)]
    [InlineData("lab\"]", false)]
    public void A_project_has_a_name_that_Compose_takes(string name, bool valid)
    {
        Assert.Equal(valid, FleetProject.IsValid(name));
        Assert.Equal(!valid, Record.Exception(() => new DockerRuntimeOptions { Project = name }.Validate()) is ArgumentException);
    }

    [Fact]
    public void The_environment_can_name_it()
    {
        Assert.Equal("lab", DockerEnvironment.Apply(new DockerRuntimeOptions(), name => name == "DECNET_PROJECT" ? " lab " : null).Project);
        Assert.Equal("decnet", DockerEnvironment.Apply(new DockerRuntimeOptions(), _ => null).Project);
        Assert.Contains("DECNET_PROJECT is 'Lab'", Assert.Throws<DecnetException>(() => DockerEnvironment.Apply(new DockerRuntimeOptions(), name => name == "DECNET_PROJECT" ? "Lab" : null)).Message, StringComparison.Ordinal);
    }
}
