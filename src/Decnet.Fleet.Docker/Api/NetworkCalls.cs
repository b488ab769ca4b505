namespace Decnet.Fleet.Docker.Api;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>The requests about networks. Removing what is gone succeeds.</summary>
internal sealed class NetworkCalls(EngineConnection connection)
{
    internal async Task<NetworkDetails[]> ListAsync(string filters, CancellationToken cancellationToken)
    {
        var networks = await connection.SendAsync(
            Query("/networks").With("filters", filters), EngineJsonContext.Default.NetworkDetailsArray, cancellationToken).ConfigureAwait(false);
        return Array.FindAll(networks, static network => network is not null);
    }

    internal Task<NetworkDetails> InspectAsync(string id, CancellationToken cancellationToken) =>
        connection.SendAsync(Query($"/networks/{EngineRequest.Escape(id)}"), EngineJsonContext.Default.NetworkDetails, cancellationToken);

    internal Task<CreatedNetwork> CreateAsync(NetworkCreate network, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Change(HttpMethod.Post, "/networks/create") with
            {
                Content = EngineRequest.Json(network, EngineJsonContext.Default.NetworkCreate),
                Subject = network.Name,
            },
            EngineJsonContext.Default.CreatedNetwork,
            cancellationToken);

    internal async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(Change(HttpMethod.Delete, $"/networks/{EngineRequest.Escape(id)}"), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException gone) when (gone is { Error: RuntimeError.NotFound })
        {
            // That is what was asked for.
        }
    }

    internal Task ConnectAsync(string id, NetworkConnect attachment, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Change(HttpMethod.Post, $"/networks/{EngineRequest.Escape(id)}/connect") with
            {
                Content = EngineRequest.Json(attachment, EngineJsonContext.Default.NetworkConnect),
                Subject = attachment.Container,
            },
            cancellationToken);

    internal Task DisconnectAsync(string id, NetworkDisconnect detachment, CancellationToken cancellationToken) =>
        connection.SendAsync(
            Change(HttpMethod.Post, $"/networks/{EngineRequest.Escape(id)}/disconnect") with
            {
                Content = EngineRequest.Json(detachment, EngineJsonContext.Default.NetworkDisconnect),
                Subject = detachment.Container,
            },
            cancellationToken);

    EngineRequest Query(string path) => new(HttpMethod.Get, path) { Timeout = connection.Timeouts.Query };

    EngineRequest Change(HttpMethod method, string path) => new(method, path) { Timeout = connection.Timeouts.Change };
}
