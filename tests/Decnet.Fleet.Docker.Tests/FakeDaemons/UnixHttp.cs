namespace Decnet.Fleet.Docker.Tests.FakeDaemons;

using System.Net.Sockets;
using System.Text;
using Decnet.FakeDaemon;

/// <summary>Plain clients of a fake daemon: one of the framework, and a socket for what that one hides.</summary>
static class UnixHttp
{
    public static HttpClient Client(FakeDaemon daemon) =>
        new(new SocketsHttpHandler { ConnectCallback = async (_, token) => new NetworkStream(await ConnectAsync(daemon, token), ownsSocket: true) })
        {
            BaseAddress = new Uri("http://docker"),
            Timeout = TimeSpan.FromSeconds(20),
        };

    public static async Task<Socket> ConnectAsync(FakeDaemon daemon, CancellationToken token = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(daemon.SocketPath), token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends one request, or nothing when it is empty, and gives what each read brings, until the daemon closes or <paramref name="until"/> has come.</summary>
    public static async Task<IReadOnlyList<string>> ReadsAsync(Socket socket, string request, string? until = null)
    {
        if (request.Length > 0)
        {
            await SendAsync(socket, request);
        }

        var reads = new List<string>();
        var buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (until is null || !string.Concat(reads).EndsWith(until, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token);
            if (count == 0)
            {
                break;
            }

            reads.Add(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return reads;
    }
}
