namespace Decnet.Fleet.Docker.Api;

using System.Globalization;
using System.Runtime.CompilerServices;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>The requests about the engine itself.</summary>
internal sealed class SystemCalls(EngineConnection connection)
{
    /// <summary>What the engine may send events as: it offers lines since API 1.52, before that JSON without any.</summary>
    const string EventTypes = "application/x-ndjson, application/json-seq;q=0.5, application/json;q=0.1";

    internal Task PingAsync(CancellationToken cancellationToken) =>
        connection.SendAsync(Query("/_ping") with { IsVersioned = false, Accept = "*/*" }, cancellationToken);

    internal Task<EngineVersion> VersionAsync(CancellationToken cancellationToken) =>
        connection.SendAsync(Query("/version"), EngineJsonContext.Default.EngineVersion, cancellationToken);

    internal Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) =>
        connection.SendAsync(Query("/info"), EngineJsonContext.Default.EngineInfo, cancellationToken);

    /// <summary>
    /// Follows the events, each as it comes. The engine drops some when they come too fast, and keeps the last 256 for
    /// <paramref name="since"/>. The sequence ends when the engine does, and fails when the connection breaks.
    /// </summary>
    /// <param name="since">The time of the first event, in nanoseconds since 1970 by the engine's clock; null for those to come.</param>
    /// <param name="filters">What <see cref="EngineFilters"/> makes; null for all.</param>
    /// <param name="connected">Told when the engine has taken the request; null for nobody.</param>
    /// <param name="cancellationToken">Ends the sequence with an <see cref="OperationCanceledException"/>, at once.</param>
    internal async IAsyncEnumerable<EngineEvent> EventsAsync(
        long? since, string? filters, Action? connected = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = (Query("/events") with { Accept = EventTypes })
            .With("since", since is { } nanoseconds ? EngineTime(nanoseconds) : null)
            .With("filters", filters);
        using var answer = await connection.OpenAsync(request, silence: null, cancellationToken).ConfigureAwait(false);
        connected?.Invoke();
        var events = new JsonValueReader<EngineEvent>(answer.Body, EngineJsonContext.Default.EngineEvent);
        while (await answer.ReadAsync(events.ReadAsync).ConfigureAwait(false) is { } next)
        {
            yield return next;
        }
    }

    static string EngineTime(long nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}.{nanoseconds % 1_000_000_000:D9}");

    EngineRequest Query(string path) => new(HttpMethod.Get, path) { Timeout = connection.Timeouts.Query };
}
