namespace Decnet.Fleet.Tests.Containers;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Xunit;

public sealed class DecnetLabelsTests
{
    static readonly DeckyBlueprint Blueprint = new DeckyComposer(FleetCatalog.BuiltIn).Compose(
        FleetJson.ReadFleet("""{"subnet":"10.0.0.0/24","gateway":"10.0.0.1","deckies":[]}"""),
        FleetJson.ReadDecky(
            """{"name":"web-01","ip":"10.0.0.7","services":["docker_api"],"distro":"debian","base_image":"debian:12","build_base":"debian:12","hostname":"h"}"""));

    static ContainerIdentity? Identify(params (string Key, string Value)[] labels) =>
        DecnetLabels.TryIdentify(labels.ToDictionary(label => label.Key, label => label.Value), out var identity) ? identity : null;

    [Fact]
    public void Our_containers_are_known_by_their_labels()
    {
        var service = Blueprint.Services[0];
        Assert.True(DecnetLabels.TryIdentify(DecnetLabels.For(service, HostId.Local), out var identity));
        Assert.Equal(new ContainerIdentity("web-01", ContainerRole.Service, "docker_api", "local", service.ConfigHash), identity);
        Assert.True(DecnetLabels.TryIdentify(DecnetLabels.For(Blueprint.Base, HostId.Parse("h2")), out identity));
        Assert.Equal(new ContainerIdentity("web-01", ContainerRole.Base, null, "h2", Blueprint.Base.ConfigHash), identity);
    }

    [Fact]
    public void Labels_are_those_that_compose_lists_containers_by()
    {
        var labels = DecnetLabels.For(Blueprint.Services[0], HostId.Local);
        Assert.Equal("decnet", labels["com.docker.compose.project"]);
        Assert.Equal("web-01-docker_api", labels["com.docker.compose.service"]);
        Assert.Equal("False", labels["com.docker.compose.oneoff"]);
        Assert.Equal(Blueprint.Services[0].ConfigHash, labels["com.docker.compose.config-hash"]);
        Assert.Equal(
            ("web-01", "docker_api", "service", "local"),
            (labels["decnet.fleet.decky"], labels["decnet.fleet.service_name"], labels["decnet.fleet.role"], labels["decnet.fleet.host"]));
        Assert.DoesNotContain("decnet.fleet.host", Blueprint.Base.Labels.Keys);
        Assert.DoesNotContain("com.docker.compose.config-hash", Blueprint.Base.Labels.Keys);
    }

    [Fact]
    [Trait("Weakness", "W-35")]
    [Trait("Weakness", "L-0.4")]
    public void Containers_of_the_python_system_are_known_without_their_names()
    {
        Assert.Equal(
            new ContainerIdentity("decky-01", ContainerRole.Base, null, null, null),
            Identify(("com.docker.compose.project", "decnet"), ("com.docker.compose.service", "decky-01"), ("com.docker.compose.config-hash", new string('a', 64))));
        Assert.Equal(
            new ContainerIdentity("decky-01", ContainerRole.Service, "smtp_relay", null, null),
            Identify(
                ("com.docker.compose.project", "decnet"), ("com.docker.compose.service", "decky-01-smtp_relay"),
                ("decnet.fleet.service", "true"), ("decnet.fleet.decky", "decky-01"), ("decnet.fleet.service_name", "smtp_relay")));
    }

    [Fact]
    public void The_hash_of_compose_is_not_taken_for_ours()
    {
        (string, string)[] labels = [.. Blueprint.Base.Labels.Select(pair => (pair.Key, pair.Value))];
        Assert.Null(Identify([.. labels, ("com.docker.compose.config-hash", new string('0', 64))])!.ConfigHash);
        Assert.Null(Identify([.. labels, ("com.docker.compose.config-hash", "d1-" + new string('G', 64))])!.ConfigHash);
        Assert.Equal(ContainerRole.Base, Identify(labels)!.Role);
    }

    [Fact]
    public void A_service_with_a_decky_label_alone_gets_its_slug_from_compose() =>
        Assert.Equal("http", Identify(
            ("com.docker.compose.project", "decnet"), ("com.docker.compose.service", "a-http"), ("decnet.fleet.decky", "a"))!.ServiceName);

    [Fact]
    public void What_is_not_of_our_project_or_no_part_of_a_decky_is_left_alone()
    {
        Assert.Null(Identify());
        Assert.Null(Identify(("com.docker.compose.project", "decnet-topo-12345678"), ("com.docker.compose.service", "a")));
        Assert.Null(Identify(("com.docker.compose.project", "decnet")));
        Assert.Null(Identify(("com.docker.compose.project", "decnet"), ("com.docker.compose.service", "a"), ("com.docker.compose.oneoff", "True")));
        Assert.Null(Identify(("com.docker.compose.project", "decnet"), ("com.docker.compose.service", "other"), ("decnet.fleet.decky", "a")));
        Assert.Null(Identify(("com.docker.compose.project", "decnet"), ("decnet.fleet.decky", "a"), ("decnet.fleet.role", "service")));
    }

    [Theory]
    [InlineData("smtp_relay", "web-01-smtp-relay")]
    [InlineData("docker_api", "web-01-docker-api")]
    [InlineData("ssh", "web-01-ssh")]
    [Trait("Weakness", "W-35")]
    public void Names_are_made_in_one_way(string slug, string expected) =>
        Assert.Equal(expected, ContainerNames.Service(DeckyName.Parse("web-01"), slug));
}
