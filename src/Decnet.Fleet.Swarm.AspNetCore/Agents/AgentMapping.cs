namespace Decnet.Fleet.Swarm.AspNetCore.Agents;

using Decnet.Fleet.Swarm.AspNetCore.OpenApi;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

/// <summary>Maps the routes of an agent to its side.</summary>
internal sealed class AgentMapping(IAgentSide agent, SwarmEndpoint endpoint)
{
    static readonly SwarmJsonContext Json = SwarmJsonContext.Default;

    internal IEndpointConventionBuilder MapTo(RouteGroupBuilder routes)
    {
        routes.MapGet(AgentRoutes.Health.Path, endpoint.Get(_ => Task.FromResult(
            SwarmAnswer.Of(200, new PeerHealth(SwarmProtocol.Version, "ok", "agent"), Json.PeerHealth))));
        routes.MapGet(AgentRoutes.Status.Path, endpoint.Get(async call =>
            SwarmAnswer.Of(200, await agent.StatusAsync(call.CancellationToken).ConfigureAwait(false), Json.AgentStatus)));
        routes.MapPost(AgentRoutes.Deploy.Path, endpoint.Post(AgentRoutes.Deploy, Json.DeployCommand, async (call, command) =>
            Accepted(await agent.DeployAsync(command, call.CancellationToken).ConfigureAwait(false))));
        routes.MapPost(AgentRoutes.Mutate.Path, endpoint.Post(AgentRoutes.Mutate, Json.MutateCommand, async (call, command) =>
            Accepted(await agent.MutateAsync(command, call.CancellationToken).ConfigureAwait(false))));
        routes.MapPost(AgentRoutes.Teardown.Path, endpoint.Post(AgentRoutes.Teardown, Json.TeardownCommand, async (call, command) =>
            Accepted(await agent.TeardownAsync(command, call.CancellationToken).ConfigureAwait(false))));
        routes.MapPost(AgentRoutes.SelfDestruct.Path, endpoint.Post(AgentRoutes.SelfDestruct, Json.SelfDestructCommand, async (call, command) =>
            Confirmed(await agent.SelfDestructAsync(command, call.CancellationToken).ConfigureAwait(false))));
        routes.MapGet(OpenApiDocument.Path, endpoint.Get(_ => Task.FromResult(SwarmAnswer.Text(OpenApiDocument.Agent, OpenApiDocument.ContentType))));
        return routes;
    }

    static SwarmAnswer Accepted(CommandReply reply) =>
        SwarmAnswer.Of(reply.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, reply, Json.CommandReply);

    static SwarmAnswer Confirmed(SelfDestructReply reply) => reply.Accepted
        ? SwarmAnswer.Of(StatusCodes.Status202Accepted, reply, Json.SelfDestructReply)
        : SwarmAnswer.Of(
            StatusCodes.Status428PreconditionRequired, ConfirmationProblem.Of(reply), ConfirmationJsonContext.Default.ConfirmationProblem, Problems.ContentType);
}
