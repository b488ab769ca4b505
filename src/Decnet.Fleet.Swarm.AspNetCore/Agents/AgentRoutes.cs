namespace Decnet.Fleet.Swarm.AspNetCore.Agents;

using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What can be asked of an agent.</summary>
internal static class AgentRoutes
{
    static readonly SwarmJsonContext Json = SwarmJsonContext.Default;

    internal static readonly SwarmRoute Health = new("GET", "/health", "getHealth", "Whether the agent is there.")
    {
        Answers = [new SwarmAnswerKind(200, "It is.", Json.PeerHealth)],
    };

    internal static readonly SwarmRoute Status = new("GET", "/status", "getStatus", "How the host and its deckies are.")
    {
        Answers = [new SwarmAnswerKind(200, "The host.", Json.AgentStatus)],
    };

    internal static readonly SwarmRoute Deploy = Command("/deploy", "deploy", "Deploys deckies beside those that the host has.") with { Body = Json.DeployCommand };

    internal static readonly SwarmRoute Mutate = Command("/mutate", "mutate", "Gives deckies other services.") with { Body = Json.MutateCommand };

    internal static readonly SwarmRoute Teardown = Command("/teardown", "teardown", "Removes deckies.") with { Body = Json.TeardownCommand };

    internal static readonly SwarmRoute SelfDestruct = new("POST", "/self-destruct", "selfDestruct", "Removes the deckies of the host, and then its agent.")
    {
        Body = Json.SelfDestructCommand,
        MaxBytes = 64 * 1024,
        Answers =
        [
            new SwarmAnswerKind(202, "It has begun.", Json.SelfDestructReply),
            new SwarmAnswerKind(428, "It has to be confirmed: the same request with the confirmation of this answer begins it.", ConfirmationJsonContext.Default.ConfirmationProblem),
        ],
        Problems = [409, 422, 503],
    };

    internal static IReadOnlyList<SwarmRoute> All { get; } = [Health, Status, Deploy, Mutate, Teardown, SelfDestruct];

    static SwarmRoute Command(string path, string name, string summary) => new("POST", path, name, summary)
    {
        MaxBytes = SwarmProtocol.MaxCommandBytes,
        Answers =
        [
            new SwarmAnswerKind(202, "It is recorded, and worked on. The same request gets the same answer again.", Json.CommandReply),
            new SwarmAnswerKind(200, "What would be done, of a dry run.", Json.CommandReply),
        ],
        Problems = [409, 422, 503],
    };
}
