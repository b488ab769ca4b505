namespace Decnet.Engine.Tests.HostNetwork;

using System.Net;
using System.Net.Sockets;

/// <summary>Listens on port 7 of an address, and tells whoever connects which address that is.</summary>
internal sealed class Greeter : IDisposable
{
    const int Port = 7;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly TcpListener listener;

    internal Greeter(NetworkNamespace network, IPAddress address)
    {
        listener = network.Run(() =>
        {
            var made = new TcpListener(address, Port);
            made.Start();
            return made;
        });
        _ = GreetAsync($"this is {address}");
    }

    /// <summary>What the other side of a connection says; null when there is no connection.</summary>
    internal static string? Connect(NetworkNamespace from, IPAddress to) => from.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)Patience.TotalMilliseconds };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            socket.ConnectAsync(to, Port, patience.Token).AsTask().GetAwaiter().GetResult();
            using var reader = new StreamReader(new NetworkStream(socket));
            return reader.ReadLine();
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    });

    public void Dispose() => listener.Stop();

    async Task GreetAsync(string greeting)
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await listener.AcceptTcpClientAsync(), greeting);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The listener was stopped at the end of the test.
        }
    }

    static async Task AnswerAsync(TcpClient client, string greeting)
    {
        try
        {
            using (client)
            {
                await using var writer = new StreamWriter(client.GetStream());
                await writer.WriteLineAsync(greeting);
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            // Whoever connected is gone already.
        }
    }
}
