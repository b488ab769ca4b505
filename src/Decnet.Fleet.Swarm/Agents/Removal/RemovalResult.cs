namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>What came of the removal of a host.</summary>
public sealed record RemovalResult
{
    /// <summary>What was removed: units and paths as the manifest lists them.</summary>
    public required ValueList<string> Removed { get; init; }

    /// <summary>What was not, each with the reason.</summary>
    public required ValueList<string> Failed { get; init; }

    /// <summary>Whether the master was told.</summary>
    public required bool Reported { get; init; }

    /// <summary>Whether everything is gone.</summary>
    public bool Succeeded => Failed.Count == 0;
}
