namespace Decnet.Fleet.Docker.Tests.Endpoints;

using Decnet.Fleet.Docker.Endpoints;

public sealed class EnvironmentTlsTests : IDisposable
{
    readonly DockerHome _home = new();

    public EnvironmentTlsTests() => _home.Variables["DOCKER_HOST"] = "tcp://engine.lan";

    [Fact]
    public void Verification_takes_the_files_of_the_named_folder()
    {
        string authority = _home.Write("", "certificates", "ca.pem");
        string certificate = _home.Write("", "certificates", "cert.pem");
        string key = _home.Write("", "certificates", "key.pem");
        _home.Variables["DOCKER_TLS_VERIFY"] = "1";
        _home.Variables["DOCKER_CERT_PATH"] = _home.File("certificates");

        DockerEndpoint endpoint = _home.Resolve();

        Assert.Equal("https://engine.lan:2376/", endpoint.RequestBase.AbsoluteUri);
        Assert.Equal(new DockerTls { AuthorityFile = authority, CertificateFile = certificate, KeyFile = key }, endpoint.Tls);
    }

    [Fact]
    public void Files_of_the_docker_folder_serve_when_none_is_named()
    {
        string authority = _home.Write("", ".docker", "ca.pem");
        _home.Variables["DOCKER_TLS_VERIFY"] = "1";

        Assert.Equal(new DockerTls { AuthorityFile = authority }, _home.Resolve().Tls);
    }

    [Fact]
    public void Tls_without_verification_needs_no_authority()
    {
        _home.Variables["DOCKER_TLS"] = "1";

        Assert.Equal(new DockerTls { Verify = false }, _home.Resolve().Tls);
    }

    [Fact]
    public void Verification_without_an_authority_is_named()
    {
        _home.Variables["DOCKER_TLS_VERIFY"] = "1";

        DockerEndpointException exception = _home.Fail();

        Assert.Contains($"there is no '{_home.File(".docker", "ca.pem")}'", exception.Message, StringComparison.Ordinal);
        Assert.Equal("DOCKER_CERT_PATH", exception.Origin);
    }

    [Fact]
    public void Folder_of_certificates_alone_turns_nothing_on()
    {
        _home.Variables["DOCKER_CERT_PATH"] = _home.File("certificates");

        Assert.Null(_home.Resolve().Tls);
    }

    [Fact]
    public void Sockets_heed_no_tls()
    {
        _home.Variables["DOCKER_HOST"] = "unix:///lab.sock";
        _home.Variables["DOCKER_TLS_VERIFY"] = "1";

        Assert.Null(_home.Resolve().Tls);
    }

    [Fact]
    public void Tls_without_a_host_means_this_machine()
    {
        _home.Variables.Remove("DOCKER_HOST");
        _home.Variables["DOCKER_TLS"] = "1";

        Assert.Equal("tcp://localhost:2376", _home.Resolve().ToString());
    }

    public void Dispose() => _home.Dispose();
}
