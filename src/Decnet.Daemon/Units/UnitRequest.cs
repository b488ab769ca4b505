namespace Decnet.Daemon.Units;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>What the reconciler's unit is to be like.</summary>
internal sealed record UnitRequest
{
    /// <summary>The user that it runs as.</summary>
    internal required string User { get; init; }

    /// <summary>The user's group.</summary>
    internal required string Group { get; init; }

    /// <summary>The state folder.</summary>
    internal required string StateDir { get; init; }

    /// <summary>The path of the executable.</summary>
    internal required string Binary { get; init; }

    /// <summary>How far it may go to bring containers back.</summary>
    internal RepairMode Repair { get; init; }

    /// <summary>Whether it rotates services.</summary>
    internal bool Mutate { get; init; }

    /// <summary>The host whose deckies it works for; null for the default.</summary>
    internal HostId? HostId { get; init; }

    /// <summary>The engine; null for the machine's own.</summary>
    internal string? DockerHost { get; init; }

    /// <summary>The Compose project of the fleet; null for the default.</summary>
    internal string? Project { get; init; }

    /// <summary>A file that the log goes to; null for the journal.</summary>
    internal string? LogFile { get; init; }

    /// <summary>Whether it changes containers or the fleet file, rather than only looking at them.</summary>
    internal bool Works => Repair != RepairMode.Off || Mutate;

    /// <summary>Whether it can come to make a network, and so has to look at the interfaces of the host.</summary>
    internal bool MakesNetworks => Repair == RepairMode.Recreate || Mutate;

    /// <summary>Whether the engine is reached by TCP.</summary>
    internal bool UsesTcp => DockerHost is { } host && !host.StartsWith("unix:", StringComparison.Ordinal);
}
