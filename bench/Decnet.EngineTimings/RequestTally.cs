namespace Decnet.EngineTimings;

using System.Collections.Concurrent;
using System.Diagnostics;

/// <summary>Notes the requests that pass through it, while it is told to.</summary>
internal sealed class RequestTally(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    ConcurrentQueue<SentRequest>? noted;

    /// <summary>The requests that were sent while something ran, in the order of their ends.</summary>
    internal async Task<IReadOnlyList<SentRequest>> DuringAsync(Func<Task> work)
    {
        noted = [];
        try
        {
            await work();
            return [.. noted];
        }
        finally
        {
            noted = null;
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        noted is { } queue ? NoteAsync(request, queue, cancellationToken) : base.SendAsync(request, cancellationToken);

    async Task<HttpResponseMessage> NoteAsync(HttpRequestMessage request, ConcurrentQueue<SentRequest> queue, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            queue.Enqueue(new SentRequest(request.Method.Method, request.RequestUri!.PathAndQuery, body, started, Stopwatch.GetElapsedTime(started)));
        }
    }
}
