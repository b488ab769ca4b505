namespace Decnet.Fleet.Docker.Api;

using System.Globalization;
using System.Runtime.CompilerServices;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>The requests about containers. Starting what runs, stopping what is stopped and removing what is gone succeed.</summary>
internal sealed class ContainerCalls(EngineConnection connection)
{
    /// <summary>Lists containers, running or not. The caller reads the body, since it can be large.</summary>
    internal Task<T> ListAsync<T>(string filters, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Query("/containers/json").With("all", "1").With("filters", filters),
            async (response, token) => await read(await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false), token).ConfigureAwait(false),
            cancellationToken);

    internal Task<CreatedContainer> CreateAsync(ContainerCreate container, string name, CancellationToken cancellationToken) =>
        CreateAsync(_ => container, name, cancellationToken);

    /// <summary>Makes a container. The engine's warnings, such as of a limit that the kernel cannot hold, are in the answer.</summary>
    /// <param name="container">Makes the body for the version that the request is made with.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<CreatedContainer> CreateAsync(Func<ApiVersion, ContainerCreate> container, string name, CancellationToken cancellationToken)
    {
        var request = Change(HttpMethod.Post, "/containers/create") with
        {
            Content = EngineRequest.Json(container, EngineJsonContext.Default.ContainerCreate),
            Subject = name,
        };
        var created = await connection.SendAsync(
            request.With("name", name), EngineJsonContext.Default.CreatedContainer, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(created.Id) ? throw EngineErrors.Unreadable(connection.Endpoint, request, "it has no id.") : created;
    }

    internal Task<ContainerDetails> InspectAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(Query($"{Path(id)}/json"), EngineJsonContext.Default.ContainerDetails, cancellationToken);

    /// <summary>Lists the processes of a running container by <c>ps</c> of the engine's host.</summary>
    /// <param name="id">The container.</param>
    /// <param name="columns">The arguments of <c>ps</c>; the column of process ids must be among them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task<ProcessTable> TopAsync(string id, string columns, CancellationToken cancellationToken) =>
        connection.SendAsync(Query($"{Path(id)}/top").With("ps_args", columns), EngineJsonContext.Default.ProcessTable, cancellationToken);

    internal Task StartAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(Change(HttpMethod.Post, $"{Path(id)}/start") with { CanBeDone = true }, cancellationToken);

    /// <summary>Stops a container; the engine kills it after the grace, so that the request takes at least that long.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The grace is negative, which the engine takes for one without end, or longer than a day.</exception>
    internal async Task StopAsync(string id, TimeSpan grace, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grace, TimeSpan.FromDays(1));
        var request = Change(HttpMethod.Post, $"{Path(id)}/stop") with { Timeout = connection.Timeouts.Change + grace, CanBeDone = true };
        await connection.SendAsync(
            request.With("t", Math.Ceiling(grace.TotalSeconds).ToString(CultureInfo.InvariantCulture)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a signal, such as <c>SIGKILL</c>, to a running container.</summary>
    internal Task KillAsync(string id, string signal, CancellationToken cancellationToken) =>
        connection.SendAsync(Change(HttpMethod.Post, $"{Path(id)}/kill").With("signal", signal), cancellationToken);

    internal Task RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        connection.SendAsync((Change(HttpMethod.Post, $"{Path(id)}/rename") with { Subject = name }).With("name", name), cancellationToken);

    /// <summary>Removes a container, running or not, with its anonymous volumes. It is gone when this ends, whoever removed it.</summary>
    internal async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(
                Change(HttpMethod.Delete, Path(id)).With("force", "1").With("v", "1"), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException gone) when (gone.Error == RuntimeError.NotFound)
        {
            // That is what was asked for.
        }
        catch (DockerEngineException busy) when (busy.Error == RuntimeError.Conflict)
        {
            if (!await IsRemovedAsync(id, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    /// <summary>Waits until a container is not running.</summary>
    internal Task<ExitStatus> WaitAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Change(HttpMethod.Post, $"{Path(id)}/wait") with { Timeout = null }, EngineJsonContext.Default.ExitStatus, cancellationToken);

    /// <summary>Reads the lines that a container has written so far.</summary>
    internal async IAsyncEnumerable<LogLine> LogsAsync(
        string id, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = (Query($"{Path(id)}/logs") with { Accept = "*/*" })
            .With("stdout", query.Output ? "1" : "0")
            .With("stderr", query.Errors ? "1" : "0")
            .With("tail", query.Tail?.ToString(CultureInfo.InvariantCulture))
            .With("since", query.Since?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var answer = await connection.OpenAsync(request, connection.Timeouts.Silence, cancellationToken).ConfigureAwait(false);
        var lines = new LogReader(answer.Body, await IsFramedAsync(id, answer.MediaType, cancellationToken).ConfigureAwait(false));
        while (await answer.ReadAsync(lines.ReadAsync).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Whether the two outputs come in frames; with a terminal there is but one, and no frames.</summary>
    async Task<bool> IsFramedAsync(string id, string? mediaType, CancellationToken cancellationToken)
    {
        if (mediaType == "application/vnd.docker.multiplexed-stream")
        {
            return true;
        }

        // Before API 1.42 engines say "raw" of both.
        var isRaw = mediaType == "application/vnd.docker.raw-stream"
            && await connection.VersionAsync(cancellationToken).ConfigureAwait(false) >= new ApiVersion(1, 42);
        return !isRaw && (await InspectAsync(id, cancellationToken).ConfigureAwait(false)).Config?.Tty is not true;
    }

    /// <summary>Waits for the end of a removal that somebody else began.</summary>
    async Task<bool> IsRemovedAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var removal = await connection.SendAsync(
                Change(HttpMethod.Post, $"{Path(id)}/wait").With("condition", "removed"),
                EngineJsonContext.Default.ExitStatus,
                cancellationToken).ConfigureAwait(false);
            return removal.Error?.Message is not { Length: > 0 };
        }
        catch (DockerEngineException gone) when (gone.Error == RuntimeError.NotFound)
        {
            return true;
        }
    }

    static string Path(string id) => $"/containers/{EngineRequest.Escape(id)}";

    EngineRequest Query(string path) => new(HttpMethod.Get, path) { Timeout = connection.Timeouts.Query };

    EngineRequest Change(HttpMethod method, string path) => new(method, path) { Timeout = connection.Timeouts.Change };
}
