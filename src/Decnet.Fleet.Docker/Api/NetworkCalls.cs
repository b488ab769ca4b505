namespace Decnet.Fleet.Docker.Api;

using Decnet.Fleet.Docker.Api.Models;

/// <summary>The requests about networks.</summary>
internal sealed class NetworkCalls(EngineConnection connection)
{
    internal Task<NetworkDetails[]> ListAsync(string filters, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Get, "/networks") { Timeout = connection.Timeouts.Query }.With("filters", filters),
            EngineJsonContext.Default.NetworkDetailsArray,
            cancellationToken);

    internal Task<NetworkDetails> InspectAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Get, $"/networks/{Escape(id)}") { Timeout = connection.Timeouts.Query },
            EngineJsonContext.Default.NetworkDetails,
            cancellationToken);

    internal Task CreateAsync(NetworkCreate network, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Post, "/networks/create")
            {
                Timeout = connection.Timeouts.Change,
                Content = EngineRequest.Json(network, EngineJsonContext.Default.NetworkCreate),
            },
            cancellationToken);

    internal Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Delete, $"/networks/{Escape(id)}") { Timeout = connection.Timeouts.Change }, cancellationToken);

    internal Task ConnectAsync(string id, NetworkConnect attachment, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Post, $"/networks/{Escape(id)}/connect")
            {
                Timeout = connection.Timeouts.Change,
                Content = EngineRequest.Json(attachment, EngineJsonContext.Default.NetworkConnect),
            },
            cancellationToken);

    internal Task DisconnectAsync(string id, NetworkDisconnect detachment, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Post, $"/networks/{Escape(id)}/disconnect")
            {
                Timeout = connection.Timeouts.Change,
                Content = EngineRequest.Json(detachment, EngineJsonContext.Default.NetworkDisconnect),
            },
            cancellationToken);

    static string Escape(string id) => Uri.EscapeDataString(id);
}
