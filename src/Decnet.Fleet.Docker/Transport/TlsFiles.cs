namespace Decnet.Fleet.Docker.Transport;

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>The certificates that the files of a <see cref="DockerTls"/> hold.</summary>
internal sealed record TlsFiles(X509Certificate2Collection? Authorities, SslStreamCertificateContext? Client)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="EngineTlsException">One cannot be read or does not hold what it should.</exception>
    public static TlsFiles Read(DockerTls tls) => new(
        tls is { Verify: true, AuthorityFile: { } authority } ? ReadAuthorities(authority) : null,
        tls.CertificateFile is { } certificate ? ReadClient(certificate, tls.KeyFile ?? certificate) : null);

    static X509Certificate2Collection ReadAuthorities(string file)
    {
        X509Certificate2Collection authorities = [];
        Guard(file, "certificates of the engine's authority", () => authorities.ImportFromPemFile(file));
        return authorities.Count > 0
            ? authorities
            : throw new EngineTlsException($"The file '{file}' holds no certificate in PEM. It should hold the engine's certificate authority.");
    }

    static SslStreamCertificateContext ReadClient(string certificateFile, string keyFile)
    {
        X509Certificate2Collection chain = [];
        Guard(certificateFile, "the client's certificate", () => chain.ImportFromPemFile(certificateFile));
        if (chain.Count == 0)
        {
            throw new EngineTlsException($"The file '{certificateFile}' holds no certificate in PEM. It should hold the client's.");
        }

        string key = "";
        Guard(keyFile, "the key of the client's certificate", () => key = File.ReadAllText(keyFile));
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new EngineTlsException($"The key in '{keyFile}' is encrypted. Store it without a passphrase, readable by this user alone.");
        }

        X509Certificate2? client = null;
        Guard(keyFile, $"the key of the certificate in '{certificateFile}'", () =>
        {
            using X509Certificate2 pem = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), key);
            // Windows and macOS do not let SslStream use a key that never was in a key store.
            client = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        });
        chain.RemoveAt(0);
        return SslStreamCertificateContext.Create(client!, chain, offline: true);
    }

    static void Guard(string file, string content, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EngineTlsException($"The file '{file}', which should hold {content}, does not exist.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EngineTlsException($"The file '{file}', which should hold {content}, cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new EngineTlsException($"The file '{file}' does not hold {content} in PEM: {exception.Message}", exception);
        }
    }
}
