namespace Decnet.Fleet.Docker.Transport;

using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>Opens connections to one engine.</summary>
internal sealed class EngineConnector
{
    readonly DockerEndpoint _endpoint;
    readonly TransportOptions _options;
    readonly TimeProvider _time;
    readonly Func<CancellationToken, Task<Stream>> _open;

    public EngineConnector(DockerEndpoint endpoint, TransportOptions options, TimeProvider time)
    {
        (_endpoint, _options, _time) = (endpoint, options, time);
        TlsHandshake? tls = endpoint.Tls is { } files ? new TlsHandshake(files, endpoint.Address.IdnHost) : null;
        _open = endpoint.Address.Scheme switch
        {
            EndpointScheme.Unix => OpenSocketAsync,
            EndpointScheme.Pipe => OpenPipeAsync,
            EndpointScheme.Tcp when tls is null => OpenTcpAsync,
            EndpointScheme.Tcp => cancellationToken => OpenTlsAsync(tls, cancellationToken),
            string other => throw new DockerEndpointException(
                endpoint.Source,
                $"The address '{endpoint}' from {endpoint.Source} has the scheme '{other}', which no engine is reached by. "
                + "Use unix://, npipe:// or tcp://."),
        };
    }

    /// <summary>Opens a connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A stream ready for HTTP.</returns>
    /// <exception cref="TimeoutException">It took longer than <see cref="TransportOptions.ConnectTimeout"/>.</exception>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(_options.ConnectTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _open(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                string.Create(CultureInfo.InvariantCulture, $"{_endpoint} took no connection within {_options.ConnectTimeout.TotalSeconds:0.#} seconds."),
                canceled);
        }
    }

    Task<Stream> OpenSocketAsync(CancellationToken cancellationToken) => OpenAsync(
        new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
        new UnixDomainSocketEndPoint(_endpoint.SocketPath),
        cancellationToken);

    Task<Stream> OpenTcpAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)_options.KeepAlive.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        return OpenAsync(socket, new DnsEndPoint(_endpoint.Address.IdnHost, _endpoint.Port), cancellationToken);
    }

    async Task<Stream> OpenTlsAsync(TlsHandshake tls, CancellationToken cancellationToken) =>
        await tls.AuthenticateAsync(await OpenTcpAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    async Task<Stream> OpenPipeAsync(CancellationToken cancellationToken)
    {
        // Without Asynchronous, cancelling does not end a read that waits.
        NamedPipeClientStream pipe = new(_endpoint.PipeServer, _endpoint.PipeName, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    static async Task<Stream> OpenAsync(Socket socket, EndPoint address, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
