namespace Decnet.Fleet.Docker.Tests.Api;

using System.Globalization;
using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Testing;

/// <summary>What takes another handler than that of a real connection to show.</summary>
public sealed class ConnectionTests
{
    static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("GET /events")]
    [InlineData("POST /images/create")]
    public async Task A_stream_that_begins_in_the_moment_when_its_time_ends_is_late(string request)
    {
        var clock = new FakeTimeProvider();
        using var connection = Connect(
            "unix:///run/docker.sock",
            _ =>
            {
                clock.Advance(TimeSpan.FromMinutes(5));
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("") };
            },
            clock);
        var error = await Assert.ThrowsAsync<DockerEngineException>(async () => await (request.StartsWith("GET", StringComparison.Ordinal)
            ? new SystemCalls(connection).EventsAsync(null, null, cancellationToken: None).AnyAsync(None)
            : new ImageCalls(connection).PullAsync("busybox", null, None).AnyAsync(None)));
        Assert.Equal(RuntimeError.Timeout, error.Error);
        Assert.StartsWith("The engine at unix:///run/docker.sock did not answer " + request, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_sent_to_a_port_with_TLS_is_told_what_to_set()
    {
        using var connection = Connect("tcp://engine.lan:2376", _ => new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent("Client sent an HTTP request to an HTTPS server.\n"),
        });
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => new SystemCalls(connection).InfoAsync(None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.Contains("It speaks TLS: set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_in_messages_are_written_alike_everywhere()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = german;
        var clock = new FakeTimeProvider();
        using var connection = Connect(
            "unix:///run/docker.sock",
            _ =>
            {
                clock.Advance(TimeSpan.FromSeconds(1.5));
                throw new OperationCanceledException();
            },
            clock,
            new EngineTimeouts { Query = TimeSpan.FromSeconds(1.5) });
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => new SystemCalls(connection).InfoAsync(None));
        Assert.EndsWith("within 1.5 s.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_options_that_are_wrong_are_told_at_once()
    {
        var options = new DockerRuntimeOptions
        {
            Limits = new ContainerLimits { PidsLimit = 0 },
            Timeouts = new EngineTimeouts { Query = TimeSpan.Zero, Silence = TimeSpan.MaxValue },
        };
        var error = Assert.Throws<ArgumentException>(() => DockerContainerRuntime.Connect(options, environment: _ => null));
        Assert.Contains("PidsLimit is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Query is 00:00:00", error.Message, StringComparison.Ordinal);
        Assert.Contains("Silence is", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Change is", error.Message, StringComparison.Ordinal);
    }

    static EngineConnection Connect(
        string address, Func<HttpRequestMessage, HttpResponseMessage> answer, TimeProvider? clock = null, EngineTimeouts? timeouts = null) =>
        new(DockerEndpoint.Parse(address), new AnsweringHandler(answer), timeouts ?? new EngineTimeouts(), new ApiVersion(1, 41), clock ?? TimeProvider.System);
}
