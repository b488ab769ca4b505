namespace Decnet.Fleet.Docker.Tests.Endpoints;

using Decnet.Fleet.Docker.Endpoints;

public sealed class DockerEndpointResolverTests : IDisposable
{
    readonly DockerHome _home = new();

    [Fact]
    public void Host_of_the_environment_comes_before_contexts()
    {
        _home.Variables["DOCKER_HOST"] = "tcp://engine.lan";
        _home.Variables["DOCKER_CONTEXT"] = "missing";

        DockerEndpoint endpoint = _home.Resolve();

        Assert.Equal("tcp://engine.lan:2375", endpoint.ToString());
        Assert.Equal("DOCKER_HOST", endpoint.Source);
        Assert.Null(endpoint.Tls);
    }

    [Fact]
    public void Context_of_the_environment_comes_before_the_current_one()
    {
        _home.Variables["DOCKER_CONTEXT"] = "lab";
        _home.Write("""{"currentContext": "missing"}""", ".docker", "config.json");
        _home.WriteContext("lab", """{"Name":"lab","Metadata":{},"Endpoints":{"docker":{"Host":"unix:///lab.sock","SkipTLSVerify":false}}}""");

        DockerEndpoint endpoint = _home.Resolve();

        Assert.Equal("unix:///lab.sock", endpoint.ToString());
        Assert.Equal("the docker context 'lab'", endpoint.Source);
    }

    [Fact]
    public void Current_context_is_that_of_the_configured_folder()
    {
        _home.Write("""{"auths": {}, "currentContext": "lab"}""", ".docker", "config.json");
        _home.WriteContext("lab", """{"Endpoints":{"docker":{"Host":"unix:///lab.sock"}}}""");

        Assert.Equal("unix:///lab.sock", _home.Resolve().ToString());
        _home.Variables["DOCKER_CONFIG"] = _home.File("elsewhere");
        Assert.Equal($"unix://{_home.SystemSocket}", _home.Resolve().ToString());
    }

    [Theory]
    [InlineData("""{"currentContext": "default"}""")]
    [InlineData("""{"currentContext": ""}""")]
    [InlineData("{}")]
    [InlineData("")]
    public void Default_context_is_the_platform(string config)
    {
        _home.Write(config, ".docker", "config.json");

        Assert.Equal($"unix://{_home.SystemSocket}", _home.Resolve().ToString());
        Assert.Equal("npipe://./pipe/docker_engine", _home.Resolve(windows: true).ToString());
        Assert.Equal("the platform's default", _home.Resolve().Source);
    }

    [Fact]
    public void Default_context_of_the_environment_hides_the_current_one()
    {
        _home.Variables["DOCKER_CONTEXT"] = "default";
        _home.Write("""{"currentContext": "missing"}""", ".docker", "config.json");

        Assert.Equal($"unix://{_home.SystemSocket}", _home.Resolve().ToString());
    }

    [Fact]
    public void Rootless_sockets_are_looked_for_in_order_when_the_system_has_none()
    {
        _home.Variables["XDG_RUNTIME_DIR"] = _home.File("runtime");

        string desktop = _home.Write("", ".docker", "desktop", "docker.sock");
        Assert.Equal($"unix://{desktop}", _home.Resolve().ToString());
        string run = _home.Write("", ".docker", "run", "docker.sock");
        Assert.Equal($"unix://{run}", _home.Resolve().ToString());
        string runtime = _home.Write("", "runtime", "docker.sock");
        Assert.Equal($"unix://{runtime}", _home.Resolve().ToString());
        _home.Write("", "system.sock");
        Assert.Equal($"unix://{_home.SystemSocket}", _home.Resolve().ToString());
    }

    [Fact]
    public void Empty_environment_means_the_platform()
    {
        _home.Variables.Clear();
        Assert.Equal($"unix://{_home.SystemSocket}", _home.Resolve().ToString());
        _home.Variables["DOCKER_HOST"] = _home.Variables["DOCKER_CONTEXT"] = _home.Variables["HOME"] = "";
        Assert.Equal($"unix://{_home.SystemSocket}", _home.Resolve().ToString());
    }

    [Theory]
    [InlineData("ssh://me@engine.lan", "ssh -nNT -L")]
    [InlineData("gopher://engine.lan", "'gopher'")]
    [InlineData("tcp://engine.lan:port", "'port'")]
    public void Host_that_cannot_be_used_is_named_with_its_origin(string host, string expected)
    {
        _home.Variables["DOCKER_HOST"] = host;

        DockerEndpointException exception = _home.Fail();

        Assert.Contains($"'{host}' from DOCKER_HOST", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal("DOCKER_HOST", exception.Origin);
    }

    [Fact]
    public void Unreadable_configuration_is_named()
    {
        string path = _home.Write("""{"currentContext": """, ".docker", "config.json");
        Assert.Contains($"'{path}' is not valid", _home.Fail().Message, StringComparison.Ordinal);

        File.Delete(path);
        Directory.CreateDirectory(path);
        Assert.Contains($"'{path}' cannot be read", _home.Fail().Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}
