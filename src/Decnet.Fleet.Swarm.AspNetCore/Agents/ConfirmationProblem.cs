namespace Decnet.Fleet.Swarm.AspNetCore.Agents;

using System.Text.Json.Serialization;
using Decnet.Fleet.Swarm.Contract;

/// <summary>A <see cref="SelfDestructReply"/> that is a problem at the same time: what was asked has to be confirmed first.</summary>
internal sealed record ConfirmationProblem
{
    /// <summary>As that of <see cref="SwarmProblem"/>.</summary>
    public string Type => "urn:decnet:problem:confirmation-required";

    /// <summary>As that of <see cref="SwarmProblem"/>.</summary>
    public string Title => "It has to be confirmed";

    /// <summary>As that of <see cref="SwarmProblem"/>.</summary>
    public int Status => 428;

    /// <summary>As that of <see cref="SwarmProblem"/>.</summary>
    public string Detail => Obstacles.Count == 0
        ? "Send the same request again, with this confirmation."
        : "There are obstacles. Remove them and ask again; nothing is begun while there are any.";

    /// <summary>As that of <see cref="SelfDestructReply"/>.</summary>
    public required string Version { get; init; }

    /// <summary>As that of <see cref="SelfDestructReply"/>: false.</summary>
    public bool Accepted => false;

    /// <summary>As that of <see cref="SelfDestructReply"/>.</summary>
    public string? Confirmation { get; init; }

    /// <summary>As that of <see cref="SelfDestructReply"/>.</summary>
    public required IReadOnlyList<string> Removes { get; init; }

    /// <summary>As that of <see cref="SelfDestructReply"/>.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    internal static ConfirmationProblem Of(SelfDestructReply reply) => new()
    {
        Version = reply.Version,
        Confirmation = reply.Confirmation,
        Removes = [.. reply.Removes],
        Obstacles = [.. reply.Obstacles],
    };
}
