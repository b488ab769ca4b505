namespace Decnet.Daemon.Hosting;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Swarm.Agents;

/// <summary>How an agent is to run.</summary>
internal sealed record AgentSettings
{
    /// <summary>The name of the install manifest in the state folder.</summary>
    internal const string ManifestName = "install-manifest.json";

    /// <summary>How long a command of the master waits for others who work on the fleet of this host.</summary>
    internal static readonly TimeSpan LockWait = TimeSpan.FromSeconds(5);

    /// <summary>The address that it listens on.</summary>
    internal required IPAddress Listen { get; init; }

    /// <summary>The port that it listens on.</summary>
    internal required int Port { get; init; }

    /// <summary>Where its master takes reports.</summary>
    internal required HostAndPort Master { get; init; }

    /// <summary>The interface that deckies are attached to; null for that of the default route.</summary>
    internal string? Interface { get; init; }

    /// <summary>How it reports.</summary>
    internal HeartbeatOptions Reports { get; init; } = new();

    /// <summary>What each pass may do.</summary>
    internal ReconcileOptions Pass { get; init; } = new();

    /// <summary>How long after a pass the next one begins when nothing happens.</summary>
    internal TimeSpan Interval { get; init; } = new ReconcilerWorkerOptions().Interval;

    /// <summary>The install manifest, for self-destruction.</summary>
    internal required string Manifest { get; init; }

    /// <summary>Makes the command that removes this host, for a request.</summary>
    internal required Func<Guid, ValueList<string>> RemoveCommand { get; init; }

    /// <summary>Whether a service manager runs this process, so that it ends the process when it is removed.</summary>
    internal bool IsUnit { get; init; }
}
