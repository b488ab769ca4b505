namespace Decnet.Fleet.Docker.Tests.Creation;

using System.Net;
using System.Text.Json;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Creation;
using Decnet.Fleet.Model;
using Decnet.Testing;

public sealed class ContainerBodiesTests
{
    static readonly ApiVersion Old = new(1, 41);

    static readonly string BaseId = new('b', 64);

    static readonly DeckyBlueprint Blueprint = Compose();

    [Fact]
    public void A_base_has_its_host_name_its_address_and_its_kernel_settings()
    {
        var body = Make(Blueprint.Base, null);
        Assert.Equal(("debian:bookworm-slim", "srv-web-01"), (body.Image, body.Hostname));
        Assert.Equal(Blueprint.Base.Command, body.Cmd!);
        Assert.Equal("decnet_lan", body.HostConfig!.NetworkMode);
        var endpoint = Assert.Single(body.NetworkingConfig!.EndpointsConfig!);
        Assert.Equal(("decnet_lan", "198.18.5.9"), (endpoint.Key, endpoint.Value.IPAMConfig!.IPv4Address));
        Assert.Equal(Blueprint.Base.Sysctls, body.HostConfig.Sysctls);
        Assert.NotEmpty(body.HostConfig.Sysctls!);
    }

    [Fact]
    [Trait("Weakness", "W-34")]
    public void The_personas_MAC_address_is_where_the_engine_looks_for_it()
    {
        var (old, young) = (Make(Blueprint.Base, null, Old), Make(Blueprint.Base, null, new ApiVersion(1, 44)));
        Assert.Equal(("00:0c:29:01:02:03", null), (old.MacAddress, old.NetworkingConfig!.EndpointsConfig!["decnet_lan"].MacAddress));
        Assert.Equal((null, "00:0c:29:01:02:03"), (young.MacAddress, young.NetworkingConfig!.EndpointsConfig!["decnet_lan"].MacAddress));
    }

    [Fact]
    public void A_service_has_nothing_of_its_own_but_lives_in_its_base()
    {
        var body = Make(Blueprint.Services[0], BaseId);
        Assert.Equal($"container:{BaseId}", body.HostConfig!.NetworkMode);
        Assert.Null(body.Hostname);
        Assert.Null(body.NetworkingConfig);
        Assert.Null(body.HostConfig.Sysctls);
        Assert.Null(body.StopSignal);
    }

    [Fact]
    [Trait("Weakness", "W-46")]
    public void Every_container_is_hardened()
    {
        Assert.All([Make(Blueprint.Base, null), Make(Blueprint.Services[0], BaseId)], body =>
        {
            Assert.Equal(["ALL"], body.HostConfig!.CapDrop!);
            Assert.Equal(["no-new-privileges:true"], body.HostConfig.SecurityOpt!);
            Assert.Equal((256, 256L * 1024 * 1024), (body.HostConfig.PidsLimit, body.HostConfig.Memory));
            Assert.Null(body.HostConfig.NanoCpus);
            Assert.Equal("unless-stopped", body.HostConfig.RestartPolicy!.Name);
            Assert.Equal("json-file", body.HostConfig.LogConfig!.Type);
            Assert.Equal(("10485760", "5"), (body.HostConfig.LogConfig.Config!["max-size"], body.HostConfig.LogConfig.Config["max-file"]));
            Assert.Equal(2, body.StopTimeout);
        });
        Assert.Null(Make(Blueprint.Base, null).HostConfig!.CapAdd);
        Assert.Equal(["NET_BIND_SERVICE"], Make(Blueprint.Services[0], BaseId).HostConfig!.CapAdd!);
    }

    [Fact]
    public void Options_change_limits_restarts_and_logs()
    {
        var body = new ContainerBodies(new DockerRuntimeOptions
        {
            Limits = new ContainerLimits { PidsLimit = null, MemoryBytes = null, Cpus = 0.25 },
            RestartPolicy = Docker.RestartPolicy.No,
            LogRotation = new LogRotation { MaxFileBytes = 1000, MaxFiles = 1 },
            StopGrace = TimeSpan.FromSeconds(0.5),
        }).Make(Blueprint.Base, "i", null)(Old);
        Assert.Equal((null, null, 250_000_000L), (body.HostConfig!.PidsLimit, body.HostConfig.Memory, body.HostConfig.NanoCpus));
        Assert.Equal(("no", "1000", 1), (body.HostConfig.RestartPolicy!.Name, body.HostConfig.LogConfig!.Config!["max-size"], body.StopTimeout));
    }

    [Theory]
    [InlineData(Docker.RestartPolicy.UnlessStopped, "unless-stopped")]
    [InlineData(Docker.RestartPolicy.Always, "always")]
    [InlineData(Docker.RestartPolicy.OnFailure, "on-failure")]
    [InlineData(Docker.RestartPolicy.No, "no")]
    public void Restart_policies_have_the_engines_words(Docker.RestartPolicy policy, string word) =>
        Assert.Equal(word, new ContainerBodies(new DockerRuntimeOptions { RestartPolicy = policy }).Make(Blueprint.Base, "i", null)(Old).HostConfig!.RestartPolicy!.Name);

    [Fact]
    public void A_base_is_killed_at_once_since_it_would_not_hear_another_signal() => Assert.Equal("SIGKILL", Make(Blueprint.Base, null).StopSignal);

    [Fact]
    public void Labels_tell_host_and_hash()
    {
        var labels = Make(Blueprint.Services[0], BaseId).Labels!;
        Assert.True(DecnetLabels.TryIdentify(labels, out var identity));
        Assert.Equal(new ContainerIdentity("web-01", ContainerRole.Service, "ssh", "local", Blueprint.Services[0].ConfigHash), identity);
    }

    [Fact]
    [Trait("Weakness", "W-33")]
    public void Nothing_that_is_seen_from_inside_names_the_product_or_the_decky()
    {
        var service = Blueprint.Services[0] with { Volumes = [new ServiceVolume { Folder = "web-01/ssh", Path = "/var/log/audit" }] };
        foreach (var body in new[] { Make(Blueprint.Base, null), Make(service, BaseId) })
        {
            // Labels and the network's name stay outside of the container.
            var inside = JsonSerializer.Serialize(
                body with { Labels = null, NetworkingConfig = null, HostConfig = body.HostConfig! with { NetworkMode = null } }, EngineJsonContext.Default.ContainerCreate);
            Assert.DoesNotContain("decnet", inside, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("decky", inside, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("web-01", inside.Replace("srv-web-01", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Weakness", "W-31")]
    public void Volumes_are_bound_below_the_root_by_names_that_tell_nothing()
    {
        var service = Blueprint.Services[0] with
        {
            Volumes = [new ServiceVolume { Folder = "web-01/ssh", Path = "/var/log" }, new ServiceVolume { Folder = "web-01/keys", Path = "/etc/keys", ReadOnly = true }],
        };
        var binds = Make(service, BaseId).HostConfig!.Binds!;
        Assert.Equal($"{ArtifactFolders.HostFolder("/var/lib/artifacts", DeckyName.Parse("web-01"), "ssh")}:/var/log:rw", binds[0]);
        Assert.EndsWith(":/etc/keys:ro", binds[1], StringComparison.Ordinal);
        Assert.All(binds, bind => Assert.Matches("^/var/lib/artifacts/[0-9a-f]{32}:/", bind));
    }

    [Theory]
    [InlineData("../../etc", "/x")]
    [InlineData("web-01/../../etc", "/x")]
    [InlineData("/etc", "/x")]
    [InlineData("web-01//ssh", "/x")]
    [InlineData("web-01/s:h", "/x")]
    [InlineData(@"web-01\ssh", "/x")]
    [InlineData("", "/x")]
    [InlineData("web-01/ssh", "x")]
    [InlineData("web-01/ssh", "/")]
    [InlineData("web-01/ssh", "/x:ro")]
    [InlineData("web-01/ssh", "/x/../proc")]
    [InlineData("web-01/ssh", "")]
    [Trait("Weakness", "W-31")]
    public void Volumes_that_reach_elsewhere_are_refused(string folder, string path)
    {
        var service = Blueprint.Services[0] with { Volumes = [new ServiceVolume { Folder = folder, Path = path }] };
        Assert.Equal(RuntimeError.Invalid, Assert.Throws<RuntimeException>(() => Make(service, BaseId)).Error);
    }

    [Fact]
    public void Specifications_that_contradict_themselves_are_refused()
    {
        Refused(Blueprint.Base, BaseId);
        Refused(Blueprint.Services[0], null);
        Refused(Blueprint.Base with { NetworkName = null }, null);
        Refused(Blueprint.Services[0] with { NetworkName = "decnet_lan" }, BaseId);
        Refused(Blueprint.Services[0] with { Sysctls = Blueprint.Base.Sysctls }, BaseId);

        static void Refused(ContainerSpec container, string? baseContainerId) =>
            Assert.Contains(container.Name, Assert.Throws<RuntimeException>(() => Make(container, baseContainerId)).Message, StringComparison.Ordinal);
    }

    static ContainerCreate Make(ContainerSpec container, string? baseContainerId, ApiVersion? version = null) =>
        new ContainerBodies(new DockerRuntimeOptions()).Make(container, container.Image, baseContainerId)(version ?? Old);

    static DeckyBlueprint Compose()
    {
        var decky = Sample.Decky("web-01", "198.18.5.9", "ssh") with { MacAddress = MacAddress.Parse("00:0c:29:01:02:03"), Hostname = "srv-web-01" };
        var fleet = Sample.Fleet(decky) with { Subnet = IPNetwork.Parse("198.18.5.0/24"), Gateway = IPAddress.Parse("198.18.5.1") };
        return new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet, decky);
    }
}
