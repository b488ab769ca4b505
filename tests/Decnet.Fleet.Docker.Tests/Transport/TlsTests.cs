namespace Decnet.Fleet.Docker.Tests.Transport;

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;

public sealed class TlsTests
{
    [Fact]
    public async Task Both_sides_prove_themselves_and_the_connection_is_kept()
    {
        await using TlsEngine engine = new();
        using HttpClient client = Requests.Client(engine.Endpoint());

        Assert.Equal("OK", await client.GetStringAsync("_ping", TestContext.Current.CancellationToken));
        Assert.Equal("OK", await client.GetStringAsync("_ping", TestContext.Current.CancellationToken));
        Assert.Equal(1, engine.Connections);
    }

    [Fact]
    public async Task Key_may_stand_in_the_file_of_the_certificate()
    {
        await using TlsEngine engine = new();
        DockerEndpoint endpoint = engine.Endpoint();
        await File.AppendAllTextAsync(endpoint.Tls!.CertificateFile!, "\n" + await File.ReadAllTextAsync(endpoint.Tls.KeyFile!));

        Assert.Equal("OK", await Requests.GetAsync(endpoint with { Tls = endpoint.Tls with { KeyFile = null } }));
    }

    [Fact]
    public async Task Engine_of_another_authority_is_not_trusted()
    {
        await using TlsEngine engine = new();
        using TestAuthority other = new("another authority");
        DockerEndpoint endpoint = engine.Endpoint();
        other.Write(engine.Folder);

        ConnectFailure failure = await Requests.FailAsync(endpoint);

        Assert.Equal(RuntimeError.Forbidden, failure.Error);
        Assert.Contains($"'CN=engine' that the engine at 127.0.0.1 showed is not signed by the authority in '{endpoint.Tls!.AuthorityFile}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_of_a_private_authority_is_not_trusted_without_its_file()
    {
        await using TlsEngine engine = new();
        DockerEndpoint endpoint = engine.Endpoint();

        ConnectFailure failure = await Requests.FailAsync(endpoint with { Tls = endpoint.Tls! with { AuthorityFile = null } });

        Assert.Contains("is not signed by an authority that the system trusts", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_is_not_asked_for_proof_when_verification_is_off()
    {
        await using TlsEngine engine = new(until: TimeSpan.FromDays(-1));
        DockerEndpoint endpoint = engine.Endpoint();

        Assert.Equal("OK", await Requests.GetAsync(endpoint with { Tls = endpoint.Tls! with { AuthorityFile = null, Verify = false } }));
    }

    [Fact]
    public async Task Expired_certificate_of_the_engine_is_named_with_its_dates()
    {
        await using TlsEngine engine = new(until: TimeSpan.FromDays(-1));

        ConnectFailure failure = await Requests.FailAsync(engine.Endpoint());

        Assert.Equal(RuntimeError.Forbidden, failure.Error);
        Assert.Contains("is valid from", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Renew it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_for_another_name_lists_its_names()
    {
        await using TlsEngine engine = new(dnsName: "engine.example");

        ConnectFailure failure = await Requests.FailAsync(engine.Endpoint());

        Assert.Contains("is for other names (engine.example)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_that_wants_a_client_certificate_and_ends_without_a_word_is_suspected_of_it()
    {
        await using TlsEngine engine = new();
        DockerEndpoint endpoint = engine.Endpoint();

        ConnectFailure failure = await Requests.FailAsync(endpoint with { Tls = endpoint.Tls! with { CertificateFile = null, KeyFile = null } });

        Assert.Equal(RuntimeError.Unreachable, failure.Error);
        Assert.Contains("or when it wants a client's certificate", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_certificate_that_may_have_been_refused_is_named(bool expired)
    {
        await using TlsEngine engine = new();
        using TestAuthority other = new("another authority");
        DockerEndpoint endpoint = engine.Endpoint();
        using X509Certificate2 client = (expired ? engine.Authority : other).Sign("client", server: false, expired ? TimeSpan.FromDays(-1) : null);
        engine.Write(client);

        ConnectFailure failure = await Requests.FailAsync(endpoint);

        Assert.Equal(RuntimeError.Unreachable, failure.Error);
        Assert.Contains($"or when it refuses the client's certificate in '{endpoint.Tls!.CertificateFile}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewed_certificate_is_used_by_the_next_connection()
    {
        await using TlsEngine engine = new();
        using TestAuthority other = new("another authority");
        DockerEndpoint endpoint = engine.Endpoint();
        using X509Certificate2 wrong = other.Sign("client", server: false);
        engine.Write(wrong);
        using HttpClient client = Requests.Client(endpoint);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("_ping", TestContext.Current.CancellationToken));

        using X509Certificate2 right = engine.Authority.Sign("client", server: false);
        engine.Write(right);

        Assert.Equal("OK", await client.GetStringAsync("_ping", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Engine_without_tls_is_told_apart()
    {
        await using AnsweringServer plain = new(new IPEndPoint(IPAddress.Loopback, 0), async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            return stream;
        });
        DockerEndpoint endpoint = new() { Address = new Uri($"tcp://127.0.0.1:{plain.Port}"), Tls = new DockerTls() };

        ConnectFailure failure = await Requests.FailAsync(endpoint);

        Assert.Equal(RuntimeError.Unreachable, failure.Error);
        Assert.Contains("does not speak TLS on that port", failure.Message, StringComparison.Ordinal);
    }
}
