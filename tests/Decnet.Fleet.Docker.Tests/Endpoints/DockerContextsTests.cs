namespace Decnet.Fleet.Docker.Tests.Endpoints;

using Decnet.Fleet.Docker.Endpoints;

public sealed class DockerContextsTests : IDisposable
{
    readonly DockerHome _home = new();

    public DockerContextsTests() => _home.Variables["DOCKER_CONTEXT"] = "lab";

    [Fact]
    public void Folder_of_a_context_is_the_hash_of_its_name()
    {
        _home.Write(
            """{"Endpoints":{"docker":{"Host":"unix:///lab.sock"}}}""",
            ".docker", "contexts", "meta", "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7", "meta.json");

        Assert.Equal("unix:///lab.sock", _home.Resolve().ToString());
    }

    [Fact]
    public void Files_of_a_context_make_it_speak_tls()
    {
        _home.WriteContext("lab", """{"Endpoints":{"docker":{"Host":"tcp://engine.lan","SkipTLSVerify":false}}}""");
        string authority = _home.WriteContextTls("lab", "ca.pem");
        string certificate = _home.WriteContextTls("lab", "cert.pem");
        string key = _home.WriteContextTls("lab", "key.pem");

        DockerEndpoint endpoint = _home.Resolve();

        Assert.Equal("tcp://engine.lan:2376", endpoint.ToString());
        Assert.Equal(new DockerTls { AuthorityFile = authority, CertificateFile = certificate, KeyFile = key }, endpoint.Tls);
    }

    [Fact]
    public void Context_that_skips_verification_speaks_tls_without_files()
    {
        _home.WriteContext("lab", """{"Endpoints":{"docker":{"Host":"tcp://engine.lan:1","SkipTLSVerify":true}}}""");

        Assert.Equal(new DockerTls { Verify = false }, _home.Resolve().Tls);
    }

    [Fact]
    public void Context_without_files_is_plain_and_heeds_no_environment()
    {
        _home.WriteContext("lab", """{"Endpoints":{"docker":{"Host":"tcp://engine.lan"}}}""");
        _home.Variables["DOCKER_TLS_VERIFY"] = "1";

        Assert.Null(_home.Resolve().Tls);
        Assert.Equal("tcp://engine.lan:2375", _home.Resolve().ToString());
    }

    [Fact]
    public void Certificate_without_its_key_is_named()
    {
        _home.WriteContext("lab", """{"Endpoints":{"docker":{"Host":"tcp://engine.lan"}}}""");
        string certificate = _home.WriteContextTls("lab", "cert.pem");

        string message = _home.Fail().Message;

        Assert.Contains($"'{Path.GetDirectoryName(certificate)}'", message, StringComparison.Ordinal);
        Assert.Contains("has cert.pem but no key.pem", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_context_is_named_with_its_origin_and_its_place()
    {
        DockerEndpointException exception = _home.Fail();

        Assert.Contains("The docker context 'lab', named by DOCKER_CONTEXT, does not exist", exception.Message, StringComparison.Ordinal);
        Assert.Contains("docker context ls", exception.Message, StringComparison.Ordinal);
        Assert.Equal("the docker context 'lab'", exception.Origin);
    }

    [Fact]
    public void Missing_current_context_names_the_configuration()
    {
        _home.Variables.Remove("DOCKER_CONTEXT");
        string config = _home.Write("""{"currentContext": "lab"}""", ".docker", "config.json");

        Assert.Contains($"'lab', named by '{config}', does not exist", _home.Fail().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is not valid")]
    [InlineData("[]", "is not valid")]
    [InlineData("null", "has no docker endpoint")]
    [InlineData("{}", "has no docker endpoint")]
    [InlineData("""{"Endpoints":{"docker":null}}""", "has no docker endpoint")]
    [InlineData("""{"Endpoints":{"docker":{"Host":""}}}""", "has no docker endpoint")]
    [InlineData("""{"Endpoints":{"docker":{"Host":"ssh://me@engine.lan"}}}""", "'ssh://me@engine.lan' from the docker context 'lab' goes over SSH")]
    public void Broken_context_is_named(string meta, string expected)
    {
        _home.WriteContext("lab", meta);

        Assert.Contains(expected, _home.Fail().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_without_a_folder_to_look_in_is_an_error()
    {
        _home.Variables.Remove("HOME");

        Assert.Contains("Set DOCKER_CONFIG or DOCKER_HOST", _home.Fail().Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}
