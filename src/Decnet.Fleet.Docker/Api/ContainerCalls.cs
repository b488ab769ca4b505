namespace Decnet.Fleet.Docker.Api;

using System.Globalization;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>The requests about containers. Starting what runs and stopping what is stopped succeed, as with the engine.</summary>
internal sealed class ContainerCalls(EngineConnection connection)
{
    /// <summary>Lists containers, running or not. The caller reads the body, since it can be large.</summary>
    internal Task<T> ListAsync<T>(string filters, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Query(HttpMethod.Get, "/containers/json").With("all", "1").With("filters", filters),
            async (response, token) => await read(await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false), token).ConfigureAwait(false),
            cancellationToken);

    internal Task<CreatedContainer> CreateAsync(ContainerCreate container, string name, CancellationToken cancellationToken) =>
        connection.SendAsync(
            (Change(HttpMethod.Post, "/containers/create") with { Content = EngineRequest.Json(container, EngineJsonContext.Default.ContainerCreate) })
                .With("name", name),
            EngineJsonContext.Default.CreatedContainer,
            cancellationToken);

    internal Task<ContainerDetails> InspectAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(Query(HttpMethod.Get, $"/containers/{Escape(id)}/json"), EngineJsonContext.Default.ContainerDetails, cancellationToken);

    internal Task StartAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(Change(HttpMethod.Post, $"/containers/{Escape(id)}/start"), cancellationToken);

    /// <summary>Stops a container; the engine kills it after the grace, so that the request takes at least that long.</summary>
    internal Task StopAsync(string id, TimeSpan grace, CancellationToken cancellationToken) =>
        connection.SendAsync(
            (Change(HttpMethod.Post, $"/containers/{Escape(id)}/stop") with { Timeout = connection.Timeouts.Change + grace })
                .With("t", Math.Ceiling(grace.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            cancellationToken);

    internal Task RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        connection.SendAsync(Change(HttpMethod.Post, $"/containers/{Escape(id)}/rename").With("name", name), cancellationToken);

    /// <summary>Removes a container, running or not, with its anonymous volumes.</summary>
    internal Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(Change(HttpMethod.Delete, $"/containers/{Escape(id)}").With("force", "1").With("v", "1"), cancellationToken);

    /// <summary>Waits until a container is not running.</summary>
    internal Task<ExitStatus> WaitAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Change(HttpMethod.Post, $"/containers/{Escape(id)}/wait") with { Timeout = null }, EngineJsonContext.Default.ExitStatus, cancellationToken);

    static string Escape(string id) => Uri.EscapeDataString(id);

    EngineRequest Query(HttpMethod method, string path) => new(method, path) { Timeout = connection.Timeouts.Query };

    EngineRequest Change(HttpMethod method, string path) => new(method, path) { Timeout = connection.Timeouts.Change };
}
