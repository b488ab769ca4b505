namespace Decnet.Fleet.Swarm.Tests.Clients;

using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Decnet.Fleet.Swarm.Pki;

/// <summary>The other end of a client: TLS with any certificate, then HTTP/1.1 with whatever a test answers. It notes what it got.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentBag<Task> connections = [];
    readonly Task accepting;

    internal TlsServer(HostIdentity identity)
    {
        Identity = identity;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What it shows to connections from now on; null to speak without TLS.</summary>
    internal HostIdentity? Identity { get; set; }

    internal SslProtocols Protocols { get; set; } = SslProtocols.None;

    /// <summary>The whole answer to a request.</summary>
    internal Func<string, string> Answer { get; set; } = _ => Ok("{}");

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Everything that came through TLS, by request: first line, head, body.</summary>
    internal ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The certificates of clients, one for each handshake that came to an end.</summary>
    internal ConcurrentQueue<X509Certificate2?> Clients { get; } = [];

    internal static string Ok(string json, string status = "200 OK", string type = "application/json", string more = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n{more}Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections);
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            if (Identity is not { } identity)
            {
                await RefuseAsync(client.GetStream());
                return;
            }

            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = identity.ServerContext,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = Protocols,
                    AllowTlsResume = false,
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                },
                stop.Token);
            Clients.Enqueue(tls.RemoteCertificate as X509Certificate2);
            await AnswerAsync(tls);
        }
        catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client did not want it, or the test is over.
        }
    }

    async Task AnswerAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var text = "";
        while (true)
        {
            var count = await stream.ReadAsync(buffer, stop.Token);
            if (count == 0)
            {
                return;
            }

            text += Encoding.UTF8.GetString(buffer, 0, count);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = head < 0 ? 0 : LengthIn(text[..head]);
            if (head >= 0 && text.Length >= head + 4 + length)
            {
                Requests.Enqueue(text);
                var answer = Answer(text);
                text = "";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop.Token);
            }
        }
    }

    /// <summary>A handshake is no HTTP: such a server says so and closes.</summary>
    async Task RefuseAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        Requests.Enqueue(Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, stop.Token)));
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop.Token);
    }

    static int LengthIn(string head) =>
        head.Split("\r\n").Where(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal)).Select(line => int.Parse(line[16..])).FirstOrDefault();
}
