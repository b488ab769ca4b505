namespace Decnet.Fleet.Docker.Tests.Endpoints;

using Decnet.Fleet.Docker.Endpoints;

public sealed class DockerEndpointTests
{
    [Theory]
    [InlineData("unix:///var/run/docker.sock", "unix:///var/run/docker.sock", "http://docker/")]
    [InlineData(" UNIX:///tmp/a b/%20#?.sock\n", "unix:///tmp/a b/%20#?.sock", "http://docker/")]
    [InlineData("npipe:////./pipe/docker_engine", "npipe://./pipe/docker_engine", "http://docker/")]
    [InlineData("npipe://./pipe/docker_engine", "npipe://./pipe/docker_engine", "http://docker/")]
    [InlineData("npipe:////server/pipe/docker_engine", "npipe://server/pipe/docker_engine", "http://docker/")]
    [InlineData("tcp://engine.lan:2380", "tcp://engine.lan:2380", "http://engine.lan:2380/")]
    [InlineData("tcp://engine_1:81", "tcp://engine_1:81", "http://engine_1:81/")]
    [InlineData("tcp://engine.lan", "tcp://engine.lan:2375", "http://engine.lan:2375/")]
    [InlineData("tcp://198.18.0.5/", "tcp://198.18.0.5:2375", "http://198.18.0.5:2375/")]
    [InlineData("tcp://[::1]:2375", "tcp://[::1]:2375", "http://[::1]:2375/")]
    [InlineData("tcp://:2380", "tcp://localhost:2380", "http://localhost:2380/")]
    [InlineData("engine.lan:2380", "tcp://engine.lan:2380", "http://engine.lan:2380/")]
    public void Address_is_read(string text, string expected, string requestBase)
    {
        DockerEndpoint endpoint = DockerEndpoint.Parse(text);

        Assert.Equal(expected, endpoint.ToString());
        Assert.Equal(requestBase, endpoint.RequestBase.AbsoluteUri);
        Assert.Null(endpoint.Tls);
    }

    [Theory]
    [InlineData("ssh://root@engine.lan", "goes over SSH")]
    [InlineData("http://engine.lan:2375", "Write tcp://host:port")]
    [InlineData("fd://", "the scheme 'fd'")]
    [InlineData("unix://docker.sock", "three slashes")]
    [InlineData("unix://", "three slashes")]
    [InlineData("npipe://docker_engine", "npipe://./pipe/docker_engine")]
    [InlineData("tcp://engine.lan:0", "has '0' as its port")]
    [InlineData("tcp://engine.lan:65536", "has '65536' as its port")]
    [InlineData("tcp://engine.lan:", "has '' as its port")]
    [InlineData("tcp://engine.lan:23x", "has '23x' as its port")]
    [InlineData("tcp://engine.lan:2375/v1", "a host and a port")]
    [InlineData("tcp://a..b:1", "neither a name nor an address")]
    [InlineData("tcp://[::zz]:1", "a host and a port")]
    public void Address_that_leads_nowhere_is_refused_with_what_to_write(string text, string expected)
    {
        DockerEndpointException exception = Assert.Throws<DockerEndpointException>(() => DockerEndpoint.Parse(text));

        Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal("the program", exception.Origin);
    }

    [Fact]
    public void Path_that_is_too_long_for_a_socket_is_refused()
    {
        DockerEndpointException exception = Assert.Throws<DockerEndpointException>(() => DockerEndpoint.Parse("unix:///" + new string('a', 120)));

        Assert.Contains("longer path than the system allows", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Password_in_an_address_is_not_repeated()
    {
        DockerEndpointException exception = Assert.Throws<DockerEndpointException>(() => DockerEndpoint.Parse("tcp://me:hunter2@engine.lan:2375"));

        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_made_by_hand_gets_the_port_of_its_kind()
    {
        DockerEndpoint plain = new() { Address = new Uri("tcp://engine.lan") };
        DockerEndpoint secured = plain with { Tls = new DockerTls() };

        Assert.Equal("http://engine.lan:2375/", plain.RequestBase.AbsoluteUri);
        Assert.Equal("https://engine.lan:2376/", secured.RequestBase.AbsoluteUri);
    }
}
