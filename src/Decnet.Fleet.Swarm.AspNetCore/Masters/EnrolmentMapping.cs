namespace Decnet.Fleet.Swarm.AspNetCore.Masters;

using System.Net;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

/// <summary>Maps the route of those that want to be hosts. It is only there while somebody is expected.</summary>
internal sealed class EnrolmentMapping(IEnrolmentSide desk, SwarmEndpoint endpoint)
{
    static readonly SwarmJsonContext Json = SwarmJsonContext.Default;

    internal IEndpointConventionBuilder MapTo(RouteGroupBuilder routes)
    {
        routes.MapPost(MasterRoutes.Enroll.Path, endpoint.Post(MasterRoutes.Enroll, Json.EnrolmentRequest, EnrollAsync));
        return routes;
    }

    async Task<SwarmAnswer> EnrollAsync(SwarmCall call, EnrolmentRequest request)
    {
        var remote = call.Context.Connection.RemoteIpAddress ?? IPAddress.None;
        remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        var reply = await desk.EnrollAsync(request, remote, call.CancellationToken).ConfigureAwait(false);
        return SwarmAnswer.Of(200, reply, Json.EnrolmentReply);
    }
}
