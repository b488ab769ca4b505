namespace Decnet.Daemon.Units;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>What a unit is to be like.</summary>
internal sealed record UnitRequest
{
    /// <summary>The service that it runs.</summary>
    internal UnitKind Kind { get; init; }

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

    /// <summary>The port that an agent or master listens on; null for the default.</summary>
    internal int? Port { get; init; }

    /// <summary>The port on which a master enrols hosts; null for the default.</summary>
    internal int? EnrolmentPort { get; init; }

    /// <summary>The interface that an agent attaches deckies to; null for that of the default route.</summary>
    internal string? Interface { get; init; }

    /// <summary>The name of the unit's file.</summary>
    internal string Unit => $"decnet-{Name}.service";

    /// <summary>The name of the file of the unit that removes an agent.</summary>
    internal const string RemoveUnit = "decnet-agent-remove.service";

    /// <summary>The service in a word.</summary>
    internal string Name => Token<UnitKind>.Of(Kind);

    /// <summary>Whether it uses the engine.</summary>
    internal bool UsesEngine => Kind != UnitKind.Master;

    /// <summary>Whether it changes containers or the fleet file, rather than only looking at them.</summary>
    internal bool Works => Kind != UnitKind.Reconciler || Repair != RepairMode.Off || Mutate;

    /// <summary>Whether it can come to make a network, and so has to look at the interfaces of the host.</summary>
    internal bool MakesNetworks => Repair == RepairMode.Recreate || Mutate;

    /// <summary>Whether the engine is reached by TCP.</summary>
    internal bool UsesTcp => DockerHost is { } host && !host.StartsWith("unix:", StringComparison.Ordinal);
}
