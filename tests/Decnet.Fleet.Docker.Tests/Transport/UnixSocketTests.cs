namespace Decnet.Fleet.Docker.Tests.Transport;

using System.Net.Sockets;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;
using Decnet.Testing;

public sealed class UnixSocketTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    DockerEndpoint Endpoint => DockerEndpoint.Parse($"unix://{_folder.File("a b#c%20.sock")}") with { Source = "DOCKER_HOST" };

    [Fact]
    public async Task Requests_share_a_connection_and_carry_nothing_that_was_not_asked_for()
    {
        await using AnsweringServer server = new(new UnixDomainSocketEndPoint(Endpoint.SocketPath));
        using HttpClient client = Requests.Client(Endpoint);

        Assert.Equal("OK", await client.GetStringAsync("_ping", TestContext.Current.CancellationToken));
        Assert.Equal("OK", await client.GetStringAsync("_ping", TestContext.Current.CancellationToken));

        Assert.Equal(1, server.Connections);
        Assert.All(server.Requests, request => Assert.Equal("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n", request));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Connections_stay_within_the_bound()
    {
        await using AnsweringServer server = new(new UnixDomainSocketEndPoint(Endpoint.SocketPath));
        using HttpClient client = Requests.Client(Endpoint, new TransportOptions { MaxConnections = 2 });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.GetStringAsync("_ping", TestContext.Current.CancellationToken)));

        Assert.Equal(40, server.Requests.Count);
        Assert.InRange(server.Connections, 1, 2);
    }

    [Fact]
    public async Task Missing_socket_is_named_with_its_origin_and_the_fix()
    {
        ConnectFailure failure = await Requests.FailAsync(Endpoint);

        Assert.Equal(RuntimeError.Unreachable, failure.Error);
        Assert.Contains($"There is no socket '{Endpoint.SocketPath}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(from DOCKER_HOST)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("systemctl start docker", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_that_an_ended_engine_left_behind_says_that_nothing_listens()
    {
        using (Socket left = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(Endpoint.SocketPath));
            ConnectFailure failure = await Requests.FailAsync(Endpoint);

            Assert.Equal(RuntimeError.Unreachable, failure.Error);
            Assert.Contains("Nothing listens on the socket", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Folder_in_place_of_the_socket_is_told_apart()
    {
        Directory.CreateDirectory(Endpoint.SocketPath);

        ConnectFailure failure = await Requests.FailAsync(Endpoint);

        Assert.Contains("is a folder, not a socket", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Denied_socket_names_the_user_and_the_group()
    {
        ConnectFailure failure = ConnectFailure.Explain(
            Endpoint, new HttpRequestException("failed", new SocketException((int)SocketError.AccessDenied)));

        Assert.Equal(RuntimeError.Forbidden, failure.Error);
        Assert.Contains($"'{Environment.UserName}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'docker'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Denied_pipe_names_the_group_of_Windows()
    {
        ConnectFailure failure = ConnectFailure.Explain(
            DockerEndpoint.Parse("npipe://./pipe/docker_engine"), new HttpRequestException("failed", new UnauthorizedAccessException()));

        Assert.Equal(RuntimeError.Forbidden, failure.Error);
        Assert.Contains("'docker-users'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("usermod", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_request_is_a_cancellation()
    {
        using Socket silent = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(Endpoint.SocketPath));
        silent.Listen();
        using HttpClient client = Requests.Client(Endpoint);
        using CancellationTokenSource cancel = new();

        Task<string> request = client.GetStringAsync("_ping", cancel.Token);
        using Socket accepted = await silent.AcceptAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    public void Dispose() => _folder.Dispose();
}
