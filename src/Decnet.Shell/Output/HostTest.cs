namespace Decnet.Shell.Output;

using Decnet.Fleet.Hosting;

/// <summary>What came of asking the agent of a host how it is.</summary>
public sealed record HostTest
{
    /// <summary>The name of the host.</summary>
    public required string Name { get; init; }

    /// <summary>The identity of the host.</summary>
    public required string HostId { get; init; }

    /// <summary>Where its agent was asked; null when that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>The port of its agent; null when that is not known.</summary>
    public int? Port { get; init; }

    /// <summary>Whether it answered, and is who it should be.</summary>
    public required bool Reachable { get; init; }

    /// <summary>How long it took to answer; null when it did not.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>The version of the agent; null when it did not say.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>How many deckies it runs; null when it did not say.</summary>
    public int? Deckies { get; init; }

    /// <summary>How many operations it works on; null when it did not say.</summary>
    public int? OpenOperations { get; init; }

    /// <summary>How many ends of operations the master has not taken yet; null when it did not say.</summary>
    public int? Unacknowledged { get; init; }

    /// <summary>Why it is not reachable, as a word that never changes: <c>unreachable</c>, <c>refused</c>, <c>revoked</c>, <c>expired</c>, <c>not_pinned</c> and others; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The same in words, with what to do; or, of a host that answered, why it cannot tell how its deckies are. Null when all is well.</summary>
    public string? Problem { get; init; }

    internal static HostTest Of(HostProbe probe) => new()
    {
        Name = probe.Host.Name,
        HostId = probe.Host.HostId.Value,
        Address = probe.Host.Address,
        Port = probe.Host.AgentPort,
        Reachable = probe.IsReachable,
        Latency = probe.Latency,
        AgentVersion = probe.Status?.AgentVersion,
        Deckies = probe.Status?.Deckies.Count,
        OpenOperations = probe.Status?.OpenOperations.Count,
        Unacknowledged = probe.Status?.Unacknowledged,
        Reason = probe.Reason,
        Problem = probe.Problem,
    };

    /// <inheritdoc/>
    public override string ToString() => Reachable ? Name : $"{Name}: {Reason}";
}
