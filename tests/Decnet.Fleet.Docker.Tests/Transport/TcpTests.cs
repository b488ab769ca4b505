namespace Decnet.Fleet.Docker.Tests.Transport;

using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;
using Decnet.Testing;

public sealed class TcpTests
{
    [Fact]
    public async Task Requests_name_the_host_and_port()
    {
        await using AnsweringServer server = new(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal("OK", await Requests.GetAsync(DockerEndpoint.Parse($"tcp://127.0.0.1:{server.Port}")));

        Assert.Equal($"GET /_ping HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n\r\n", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task Silence_is_probed()
    {
        await using AnsweringServer server = new(new IPEndPoint(IPAddress.Loopback, 0));
        EngineConnector connector = new(
            DockerEndpoint.Parse($"tcp://127.0.0.1:{server.Port}"), new TransportOptions { KeepAlive = TimeSpan.FromSeconds(17) }, TimeProvider.System);

        await using Stream stream = await connector.ConnectAsync(TestContext.Current.CancellationToken);

        Socket socket = Assert.IsType<NetworkStream>(stream).Socket;
        Assert.NotEqual(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.Equal(17, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.True(socket.NoDelay);
    }

    [Fact]
    public async Task Port_without_an_engine_is_named()
    {
        using Socket reserved = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)reserved.LocalEndPoint!).Port;

        ConnectFailure failure = await Requests.FailAsync(DockerEndpoint.Parse($"tcp://127.0.0.1:{port}"));

        Assert.Equal(RuntimeError.Unreachable, failure.Error);
        Assert.Contains($"Nothing listens on port {port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_host_is_named()
    {
        ConnectFailure failure = await Requests.FailAsync(DockerEndpoint.Parse("tcp://no-such-host.invalid:2375"));

        Assert.Equal(RuntimeError.Unreachable, failure.Error);
        Assert.Contains("The host name 'no-such-host.invalid' is not known", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_without_answer_ends_with_a_time_out()
    {
        FakeTimeProvider time = new();
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        DockerEndpoint endpoint = new()
        {
            Address = new Uri($"tcp://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"),
            Tls = new DockerTls { Verify = false },
        };

        Task<ConnectFailure> failing = Requests.FailAsync(endpoint, new TransportOptions { ConnectTimeout = TimeSpan.FromSeconds(7) }, time);
        using Socket accepted = await silent.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.False(failing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(7));
        ConnectFailure failure = await failing;

        Assert.Equal(RuntimeError.Timeout, failure.Error);
        Assert.Contains("took no connection within 7 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipe_carries_requests()
    {
        string name = $"decnet-test-{Environment.ProcessId}";
        await using NamedPipeServerStream server = new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        using HttpClient client = Requests.Client(DockerEndpoint.Parse($"npipe:////./pipe/{name}"));
        Task<string> answer = client.GetStringAsync("_ping", TestContext.Current.CancellationToken);
        await server.WaitForConnectionAsync(TestContext.Current.CancellationToken);
        Task answering = AnsweringServer.AnswerAsync(server, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal("OK", await answer);
        client.Dispose();
        await answering;
    }

    [Fact]
    public void Address_of_another_scheme_has_no_handler()
    {
        DockerEndpoint endpoint = new() { Address = new Uri("ssh://root@engine"), Source = "a test" };

        DockerEndpointException exception = Assert.Throws<DockerEndpointException>(
            () => EngineTransport.Create(endpoint, new TransportOptions(), TimeProvider.System));

        Assert.Contains("'ssh'", exception.Message, StringComparison.Ordinal);
        Assert.Equal("a test", exception.Origin);
    }
}
