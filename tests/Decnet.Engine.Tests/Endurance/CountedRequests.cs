namespace Decnet.Engine.Tests.Endurance;

using System.Collections.Concurrent;

/// <summary>Counts the requests that go through it, by what they ask.</summary>
sealed class CountedRequests(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    readonly ConcurrentDictionary<string, int> counts = new();

    /// <summary>How many were answered so far, or their answers begun, by method and path without the version.</summary>
    public IReadOnlyDictionary<string, int> Counts => new Dictionary<string, int>(counts);

    /// <summary>How often the events have been followed anew.</summary>
    public int Watches => counts.GetValueOrDefault("GET /events");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        var versionEnd = path.StartsWith("/v1.", StringComparison.Ordinal) ? path.IndexOf('/', 1) : 0;
        counts.AddOrUpdate($"{request.Method} {path[versionEnd..]}", 1, (_, count) => count + 1);
        return response;
    }
}
