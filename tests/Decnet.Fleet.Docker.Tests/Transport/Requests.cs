namespace Decnet.Fleet.Docker.Tests.Transport;

using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;

/// <summary>Requests through the handler under test.</summary>
internal static class Requests
{
    public static async Task<string> GetAsync(DockerEndpoint endpoint, TransportOptions? options = null, TimeProvider? time = null)
    {
        using HttpClient client = Client(endpoint, options, time);
        return await client.GetStringAsync("_ping", TestContext.Current.CancellationToken);
    }

    public static HttpClient Client(DockerEndpoint endpoint, TransportOptions? options = null, TimeProvider? time = null) =>
        new(EngineTransport.Create(endpoint, options ?? new TransportOptions(), time ?? TimeProvider.System))
        {
            BaseAddress = endpoint.RequestBase,
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>Makes a request that gets no answer.</summary>
    public static async Task<ConnectFailure> FailAsync(DockerEndpoint endpoint, TransportOptions? options = null, TimeProvider? time = null) =>
        ConnectFailure.Explain(endpoint, await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(endpoint, options, time)));
}
