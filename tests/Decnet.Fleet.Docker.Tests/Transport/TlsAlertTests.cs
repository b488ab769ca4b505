namespace Decnet.Fleet.Docker.Tests.Transport;

using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;

/// <summary>Refusals in the words of OpenSSL's server, which gives reasons as dockerd does.</summary>
public sealed class TlsAlertTests
{
    [Fact]
    public async Task Refused_client_certificate_is_named()
    {
        await using TlsEngine files = new();
        using TestAuthority other = new("another authority");
        DockerTls tls = files.Endpoint().Tls!;
        using X509Certificate2 wrong = other.Sign("client", server: false);

        ConnectFailure failure = await FailAsync(files, () => tls with { CertificateFile = files.Write(wrong).CertificateFile });

        Assert.Equal(RuntimeError.Forbidden, failure.Error);
        Assert.Contains($"The engine refused the client's certificate in '{tls.CertificateFile}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_client_certificate_is_asked_for()
    {
        await using TlsEngine files = new();
        DockerTls tls = files.Endpoint().Tls!;

        ConnectFailure failure = await FailAsync(files, () => tls with { CertificateFile = null, KeyFile = null });

        Assert.Equal(RuntimeError.Forbidden, failure.Error);
        Assert.Contains("The engine wants a client's certificate", failure.Message, StringComparison.Ordinal);
    }

    static async Task<ConnectFailure> FailAsync(TlsEngine files, Func<DockerTls> tls)
    {
        using X509Certificate2 server = files.Authority.Sign("engine", server: true);
        string certificate = Path.Combine(files.Folder, "server.pem");
        await File.WriteAllTextAsync(
            certificate, server.ExportCertificatePem() + "\n" + server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using Process openssl = Start(
            "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", certificate,
            "-Verify", "2", "-verify_return_error", "-CAfile", Path.Combine(files.Folder, "ca.pem"), "-www");
        try
        {
            string? line;
            do
            {
                line = await openssl.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.NotNull(line);
            }
            while (!line.StartsWith("ACCEPT 127.0.0.1:", StringComparison.Ordinal));

            return await Requests.FailAsync(new DockerEndpoint { Address = new Uri("tcp://" + line["ACCEPT ".Length..]), Tls = tls() });
        }
        finally
        {
            openssl.Kill();
            await openssl.WaitForExitAsync(CancellationToken.None);
        }
    }

    static Process Start(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("openssl is not installed.");
            throw;
        }
    }
}
