namespace Decnet.Fleet.Swarm.Contract;

/// <summary>What agent and master of a fleet agree on.</summary>
public static class SwarmProtocol
{
    /// <summary>The version of the messages. A peer refuses others.</summary>
    public const string Version = "1";

    /// <summary>The port of an agent, unless another one is chosen.</summary>
    public const int AgentPort = 8765;

    /// <summary>The port of a master, unless another one is chosen.</summary>
    public const int MasterPort = 8770;

    /// <summary>The port on which a master enrols hosts, unless another one is chosen.</summary>
    public const int EnrolmentPort = 8771;

    /// <summary>The longest body that an agent reads, in bytes: 8 MiB.</summary>
    public const int MaxCommandBytes = 8 * 1024 * 1024;

    /// <summary>The longest body that a master reads, in bytes: 4 MiB.</summary>
    public const int MaxReportBytes = 4 * 1024 * 1024;

    /// <summary>The most deckies of one command or report.</summary>
    public const int MaxDeckies = 10_000;

    /// <summary>The most lifecycle deltas of one report; the rest follows in the next ones.</summary>
    public const int MaxDeltas = 1_000;

    /// <summary>The header by which a master tells which version of its <see cref="TrustBundle"/> is the newest.</summary>
    public const string TrustHeader = "Decnet-Trust";

    /// <summary>How often a host reports when nothing happens: 30 seconds, give or take a tenth.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(30);
}
