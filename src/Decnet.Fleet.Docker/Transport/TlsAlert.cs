namespace Decnet.Fleet.Docker.Transport;

using System.ComponentModel;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>
/// The engine's refusal of our certificate. With TLS 1.3 it comes after the handshake, as a failure of the first read, and
/// each platform's library words it in its own way.
/// </summary>
internal static class TlsAlert
{
    public static bool Is(Exception cause) =>
        cause.Message.Contains("alert", StringComparison.OrdinalIgnoreCase)
        || cause is Win32Exception { NativeErrorCode: < 0 }; // The codes of Windows' TLS are failing HRESULTs.

    public static string Describe(DockerTls tls, Exception cause) => tls.CertificateFile is { } file
        ? $"The engine refused the client's certificate in '{file}' ({cause.Message}). Use one that its authority (dockerd --tlscacert) signed and that has not expired."
        : $"The engine wants a client's certificate ({cause.Message}). Name one with DOCKER_CERT_PATH (cert.pem and key.pem) or in the docker context.";
}
