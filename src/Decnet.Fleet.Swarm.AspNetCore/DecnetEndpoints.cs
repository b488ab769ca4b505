namespace Decnet.Fleet.Swarm.AspNetCore;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

/// <summary>Maps the endpoints of an agent or a master into an application.</summary>
/// <remarks>
/// Each endpoint judges the client's certificate of its connection by itself, so that it lets nobody in where the application listens
/// without client certificates; use <see cref="DecnetListening"/> for connections that have them.
/// </remarks>
public static class DecnetEndpoints
{
    /// <summary>Maps what a master may ask of an agent: <c>/health</c>, <c>/status</c>, <c>/deploy</c>, <c>/mutate</c>, <c>/teardown</c>, <c>/self-destruct</c> and <c>/openapi.json</c>.</summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="site">The agent.</param>
    /// <returns>What adds conventions to all of them.</returns>
    public static IEndpointConventionBuilder MapDecnetAgent(this IEndpointRouteBuilder endpoints, AgentSite site)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(site);
        return site.Mapping.MapTo(endpoints.MapGroup(""));
    }

    /// <summary>Maps what hosts may ask of a master: <c>/health</c>, <c>/swarm/heartbeat</c>, <c>/swarm/farewell</c>, <c>/swarm/trust</c>, <c>/swarm/renew</c> and <c>/openapi.json</c>.</summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="site">The master.</param>
    /// <returns>What adds conventions to all of them.</returns>
    public static IEndpointConventionBuilder MapDecnetMaster(this IEndpointRouteBuilder endpoints, MasterSite site)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(site);
        return site.Mapping.MapTo(endpoints.MapGroup(""));
    }

    /// <summary>Maps what those ask of a master that want to be hosts: <c>/swarm/enroll</c>. It answers while there is an invitation, and needs no client certificate.</summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="site">The master.</param>
    /// <returns>What adds conventions to it.</returns>
    public static IEndpointConventionBuilder MapDecnetEnrolment(this IEndpointRouteBuilder endpoints, MasterSite site)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(site);
        return site.Enrolment.MapTo(endpoints.MapGroup(""));
    }
}
