namespace Decnet.Fleet.Swarm.AspNetCore.Masters;

using Decnet.Fleet.Swarm.AspNetCore.OpenApi;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

/// <summary>Maps the routes of a master, for its hosts, to its side.</summary>
internal sealed class MasterMapping(IMasterSide master, SwarmEndpoint endpoint)
{
    static readonly SwarmJsonContext Json = SwarmJsonContext.Default;

    internal IEndpointConventionBuilder MapTo(RouteGroupBuilder routes)
    {
        routes.MapGet(MasterRoutes.Health.Path, endpoint.Get(_ => Task.FromResult(
            SwarmAnswer.Of(200, new PeerHealth(SwarmProtocol.Version, "ok", "master"), Json.PeerHealth))));
        routes.MapPost(MasterRoutes.Heartbeat.Path, endpoint.Post(MasterRoutes.Heartbeat, Json.HostReport, async (call, report) =>
        {
            await master.ReceiveAsync(call.Peer.Host!.Value, report, call.CancellationToken).ConfigureAwait(false);
            return SwarmAnswer.Empty(204) with { TrustVersion = master.Trust.Version };
        }));
        routes.MapPost(MasterRoutes.Farewell.Path, endpoint.Post(MasterRoutes.Farewell, Json.HostFarewell, async (call, farewell) =>
        {
            await master.FarewellAsync(call.Peer.Host!.Value, farewell, call.CancellationToken).ConfigureAwait(false);
            return SwarmAnswer.Empty(204);
        }));
        routes.MapGet(MasterRoutes.Trust.Path, endpoint.Get(_ => Task.FromResult(SwarmAnswer.Of(200, master.Trust, Json.TrustBundle))));
        routes.MapPost(MasterRoutes.Renew.Path, endpoint.Post(MasterRoutes.Renew, Json.RenewalRequest, async (call, request) =>
            SwarmAnswer.Of(200, await master.RenewAsync(call.Peer.Host!.Value, request, call.CancellationToken).ConfigureAwait(false), Json.RenewalReply)));
        routes.MapGet(OpenApiDocument.Path, endpoint.Get(_ => Task.FromResult(SwarmAnswer.Text(OpenApiDocument.Master, OpenApiDocument.ContentType))));
        return routes;
    }
}
