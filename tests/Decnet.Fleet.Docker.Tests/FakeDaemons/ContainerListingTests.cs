namespace Decnet.Fleet.Docker.Tests.FakeDaemons;

using System.Text;
using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Listing;
using Xunit;

public sealed class ContainerListingTests
{
    // What an engine 20.10 with one service container and its base answered.
    const string Recorded =
        """
        [{"Id":"a2ce4998317ce44ead4b8d1d211908ac50011b4e1d055c82c25c8f4316ab0023","Names":["/web-01-ssh"],"Image":"busybox:1.36","ImageID":"sha256:440d50571aeae20aceb04b5daa7bf0b588b3a5ca0a9bd0e5bb7529290526a844","Command":"/bin/sleep 1000","Created":1795243090,"Ports":[],"Labels":{"com.docker.compose.project":"decnet","decnet.fleet.decky":"web-01"},"State":"running","Status":"Up 1 second (healthy)","HostConfig":{"NetworkMode":"container:a0e7fe969bc1ba96bdd6136907a8a7c876045f4dff60f5532ab996bd6e2b271d"},"NetworkSettings":{"Networks":{}},"Mounts":[]},{"Id":"a0e7fe969bc1ba96bdd6136907a8a7c876045f4dff60f5532ab996bd6e2b271d","Names":["/web-01"],"Image":"busybox:1.36","ImageID":"sha256:440d50571aeae20aceb04b5daa7bf0b588b3a5ca0a9bd0e5bb7529290526a844","Command":"/bin/sleep 1000","Created":1795243090,"Ports":[],"Labels":{"com.docker.compose.config-hash":"d1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","com.docker.compose.project":"decnet","com.docker.compose.service":"web-01","decnet.fleet.decky":"web-01","decnet.fleet.host":"local","decnet.fleet.role":"base"},"State":"running","Status":"Up 1 second","HostConfig":{"NetworkMode":"fake_lan"},"NetworkSettings":{"Networks":{"fake_lan":{"IPAMConfig":{"IPv4Address":"198.18.77.10"},"Links":null,"Aliases":null,"NetworkID":"690e800f5156ea2e59c88affc31a22a6ac4fce79a82ea86da33ffc8664516d39","EndpointID":"6f23b5d6ff408796f2bff734f33da0ecca94cf2ebb94d2a705b2607290fc2148","Gateway":"198.18.77.1","IPAddress":"198.18.77.10","IPPrefixLen":24,"IPv6Gateway":"","GlobalIPv6Address":"","GlobalIPv6PrefixLen":0,"MacAddress":"02:42:c6:12:4d:0a","DriverOpts":null}}},"Mounts":[]}]

        """;

    static readonly FakeContainer _base = new()
    {
        Id = "a0e7fe969bc1ba96bdd6136907a8a7c876045f4dff60f5532ab996bd6e2b271d",
        Name = "web-01",
        Command = "/bin/sleep 1000",
        Status = "Up 1 second",
        NetworkMode = "fake_lan",
        Labels = new Dictionary<string, string>
        {
            ["decnet.fleet.role"] = "base",
            ["decnet.fleet.decky"] = "web-01",
            ["decnet.fleet.host"] = "local",
            ["com.docker.compose.project"] = "decnet",
            ["com.docker.compose.service"] = "web-01",
            ["com.docker.compose.config-hash"] = "d1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        },
        Endpoints =
        [
            new()
            {
                Network = "fake_lan",
                NetworkId = "690e800f5156ea2e59c88affc31a22a6ac4fce79a82ea86da33ffc8664516d39",
                EndpointId = "6f23b5d6ff408796f2bff734f33da0ecca94cf2ebb94d2a705b2607290fc2148",
                FixedAddress = "198.18.77.10",
                Address = "198.18.77.10",
                Gateway = "198.18.77.1",
                PrefixLength = 24,
                Mac = "02:42:c6:12:4d:0a",
            },
        ],
    };

    static readonly FakeContainer _service = new()
    {
        Id = "a2ce4998317ce44ead4b8d1d211908ac50011b4e1d055c82c25c8f4316ab0023",
        Name = "web-01-ssh",
        Command = "/bin/sleep 1000",
        Status = "Up 1 second (healthy)",
        Health = "healthy",
        NetworkMode = "container:" + _base.Id,
        Labels = new Dictionary<string, string> { ["com.docker.compose.project"] = "decnet", ["decnet.fleet.decky"] = "web-01" },
    };

    [Theory]
    [InlineData("1.40")]
    [InlineData("1.41")]
    public void Old_shapes_are_byte_for_byte_what_an_engine_recorded(string version)
    {
        var reply = new ContainerListing([_service, _base]).Reply(version);

        Assert.Equal(Recorded.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(reply.Body.Span));
    }

    [Theory]
    [InlineData("1.41", "IPAMConfig Links Aliases NetworkID EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen MacAddress DriverOpts")]
    [InlineData("1.44", "IPAMConfig Links Aliases MacAddress NetworkID EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen DriverOpts DNSNames")]
    [InlineData("1.47", "IPAMConfig Links Aliases MacAddress DriverOpts NetworkID EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen DNSNames")]
    [InlineData("1.52", "IPAMConfig Links Aliases DriverOpts GwPriority NetworkID EndpointID Gateway IPAddress MacAddress IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen DNSNames")]
    public void Endpoints_have_the_fields_of_the_release_in_its_order(string version, string fields)
    {
        var container = Parse(new ContainerListing([_base]).Reply(version))[0];
        var endpoint = container.GetProperty("NetworkSettings").GetProperty("Networks").GetProperty("fake_lan");

        Assert.Equal(fields, string.Join(' ', endpoint.EnumerateObject().Select(field => field.Name)));
        Assert.Equal("02:42:c6:12:4d:0a", endpoint.GetProperty("MacAddress").GetString());
    }

    [Theory]
    [InlineData("1.47", "1.47", false, false)]
    [InlineData("1.52", "1.52", true, true)]
    [InlineData("1.52", "1.51", false, true)]
    [InlineData("1.52", "1.47", false, false)]
    public void Health_and_manifest_appear_to_those_who_ask_in_a_version_that_has_them(string engine, string asked, bool health, bool manifest)
    {
        var container = Parse(new ContainerListing([_service]).Reply(engine, asked))[0];

        Assert.Equal(health, container.TryGetProperty("Health", out var told));
        Assert.Equal(manifest, container.TryGetProperty("ImageManifestDescriptor", out _));
        Assert.Equal(health ? "healthy" : null, health ? told.GetProperty("Status").GetString() : null);
    }

    [Fact]
    public async Task Thirty_thousand_containers_are_made_once_and_sent_as_one_chunk()
    {
        var listing = new ContainerListing(FakeFleet.Containers(10_000, "ssh", "http"));
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = "1.52" });
        daemon.On("GET", "/containers/json", listing.Answer);
        using var client = UnixHttp.Client(daemon);

        var first = await client.GetByteArrayAsync("/v1.52/containers/json?all=1");
        var second = await client.GetByteArrayAsync("/containers/json?all=1");

        Assert.True(first.AsSpan().SequenceEqual(second));
        Assert.Equal(30_000, JsonDocument.Parse(first).RootElement.GetArrayLength());
        Assert.Same(listing.Answer(daemon.Requests[0]), listing.Answer(daemon.Requests[1]));
        Assert.True(listing.Answer(daemon.Requests[0]).IsChunked);
        Assert.InRange(first.Length / 30_000, 700, 1400);
    }

    [Fact]
    public void Containers_of_a_fleet_have_ids_names_and_addresses_of_their_own()
    {
        var containers = FakeFleet.Containers(10_000, "ssh", "http_proxy").ToArray();

        Assert.Equal(30_000, containers.DistinctBy(container => container.Id).Count());
        Assert.Equal(30_000, containers.DistinctBy(container => container.Name).Count());
        Assert.Equal(10_000, containers.SelectMany(container => container.Endpoints).DistinctBy(endpoint => (endpoint.Address, endpoint.Mac)).Count());
        Assert.Equal("decky-00001-http-proxy", containers[2].Name);
        Assert.Equal("decky-00001-http_proxy", containers[2].Labels["com.docker.compose.service"]);
        Assert.Equal("container:" + containers[0].Id, containers[2].NetworkMode);
    }

    static JsonElement Parse(FakeReply reply) => JsonDocument.Parse(reply.Body).RootElement;
}
