namespace Decnet.Fleet.Swarm.Tests.BadPeers;

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Sends a server whatever a test likes, byte by byte, and says what came of it.</summary>
internal static partial class Wire
{
    internal const string NoConnection = "no connection";
    internal const string Handshake = "a handshake";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A request that is complete, or says that it is longer than it will be.</summary>
    internal static byte[] Post(string path, string body, long? length = null) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>A request that does not say how long it is: its body, padded to a length, comes in chunks, and never ends.</summary>
    internal static byte[] PostChunked(string path, string body, int length)
    {
        var chunk = Encoding.UTF8.GetBytes(body.PadRight(length - 1));
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunk.Length:x}\r\n"),
            .. chunk,
            .. "\r\n1\r\n \r\n"u8,
        ];
    }

    /// <summary>Over TLS, with a certificate or without: the status and the kind of problem, or that there was no connection.</summary>
    internal static async Task<string> AskAsync(int port, HostIdentity? identity, byte[] request)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        try
        {
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", ClientCertificateContext = identity?.ServerContext }, limit.Token);
            await SendAsync(tls, request, limit.Token);
            return Describe(await ReadAsync(tls, limit.Token));
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            return NoConnection;
        }
    }

    /// <summary>Without TLS.</summary>
    internal static async Task<string> AskPlainAsync(int port, byte[] request)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        try
        {
            await client.GetStream().WriteAsync(request, limit.Token);
            return Describe(await ReadAsync(client.GetStream(), limit.Token));
        }
        catch (IOException)
        {
            return NoConnection;
        }
    }

    /// <summary>
    /// The beginning of a TLS handshake by hand, since TLS libraries of today refuse to begin one of version 1.1. A server that goes
    /// on answers with a handshake message; one that will not sends an alert, or nothing.
    /// </summary>
    /// <param name="port">The server.</param>
    /// <param name="minor">The newest version that is spoken: 2 for TLS 1.1, 3 for TLS 1.2.</param>
    internal static async Task<string> GreetAsync(int port, byte minor)
    {
        byte[] suites = [0xC0, 0x2B, 0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x13, 0xC0, 0x14, 0x00, 0x2F, 0x00, 0x35];
        byte[] groups = [0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17];
        byte[] points = [0x00, 0x0B, 0x00, 0x02, 0x01, 0x00];
        byte[] signatures = [0x00, 0x0D, 0x00, 0x04, 0x00, 0x02, 0x04, 0x03];
        byte[] extensions = [.. groups, .. points, .. signatures];
        byte[] hello = [0x03, minor, .. new byte[32], 0, 0, (byte)suites.Length, .. suites, 1, 0, 0, (byte)extensions.Length, .. extensions];
        byte[] record = [0x16, 0x03, 0x01, 0, (byte)(hello.Length + 4), 0x01, 0, 0, (byte)hello.Length, .. hello];
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        try
        {
            await client.GetStream().WriteAsync(record, limit.Token);
            var answer = new byte[1];
            var count = await client.GetStream().ReadAsync(answer, limit.Token);
            return count == 0 || answer[0] == 0x15 ? NoConnection : Handshake;
        }
        catch (IOException)
        {
            return NoConnection;
        }
    }

    /// <summary>Sends what the server takes: one that has answered before it has read all closes the connection.</summary>
    static async Task SendAsync(Stream stream, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(request, cancellationToken);
        }
        catch (IOException)
        {
            // The answer says why.
        }
    }

    static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var text = "";
        var buffer = new byte[16 * 1024];
        for (int count; !IsComplete(text) && (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            text += Encoding.UTF8.GetString(buffer, 0, count);
        }

        return text;
    }

    static bool IsComplete(string text) =>
        text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var head
        && (text.EndsWith('}') || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal) || text.Length == head + 4 && text.StartsWith("HTTP/1.1 204", StringComparison.Ordinal));

    static string Describe(string answer)
    {
        if (answer.Length == 0)
        {
            return NoConnection;
        }

        var status = answer.Split(' ')[1];
        var kind = ProblemKind().Match(answer);
        return kind.Success ? $"{status} {kind.Groups[1].Value}" : status;
    }

    [GeneratedRegex("\"type\":\"urn:decnet:problem:([a-z-]+)\"")]
    private static partial Regex ProblemKind();
}
