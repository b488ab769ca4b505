namespace Decnet.Fleet.Docker.Transport;

using System.ComponentModel;
using System.Net.Sockets;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>
/// The engine's refusal of our certificate. With TLS 1.3 it comes after the handshake, as a failure of the first read; each
/// platform's library words it in its own way, and not every server gives the reason.
/// </summary>
internal static class TlsAlert
{
    /// <summary>Recognises a refusal, certain or suspected.</summary>
    /// <param name="tls">The files of the endpoint.</param>
    /// <param name="cause">One of the exceptions of a request that got no answer.</param>
    /// <returns>The kind and what to do; null when it is something else.</returns>
    public static (RuntimeError Error, string What)? Recognise(DockerTls tls, Exception cause)
    {
        if (cause is SocketException { SocketErrorCode: SocketError.ConnectionReset }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded })
        {
            return (RuntimeError.Unreachable, "It ended the connection before it answered, as an engine does when it stops, or when it "
                + (tls.CertificateFile is { } used ? $"refuses the client's certificate in '{used}'." : "wants a client's certificate."));
        }

        if (!IsAboutCertificate(cause))
        {
            return null;
        }

        return (RuntimeError.Forbidden, tls.CertificateFile is { } file
            ? $"The engine refused the client's certificate in '{file}' ({cause.Message}). "
                + "Use one that its authority (dockerd --tlscacert) signed and that has not expired."
            : $"The engine wants a client's certificate ({cause.Message}). "
                + "Name one with DOCKER_CERT_PATH (cert.pem and key.pem) or in the docker context.");
    }

    static bool IsAboutCertificate(Exception cause) =>
        (cause.Message.Contains("alert", StringComparison.OrdinalIgnoreCase)
            && (cause.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
                || cause.Message.Contains("unknown ca", StringComparison.OrdinalIgnoreCase)
                || cause.Message.Contains("unknown_ca", StringComparison.OrdinalIgnoreCase)))
        || cause is Win32Exception and not SocketException and { NativeErrorCode: < 0 }; // Windows' TLS gives failing HRESULTs.
}
