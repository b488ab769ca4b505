namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>What a <see cref="HostRemover"/> removes.</summary>
public sealed record HostRemoverOptions
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The request, <see cref="Contract.SelfDestructCommand.OperationId"/>.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The path of the manifest.</summary>
    public required string Manifest { get; init; }

    /// <summary>The process of the agent, which must have ended before anything is removed.</summary>
    /// <value>Default: null, its unit is listed, and is stopped.</value>
    public int? AgentProcess { get; init; }

    /// <summary>How long stopping a unit, or the end of the agent, may take.</summary>
    /// <value>Default: 90 seconds. More than zero.</value>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long it is tried to tell the master.</summary>
    /// <value>Default: 60 seconds. At least zero, which tries once.</value>
    public TimeSpan ReportLimit { get; init; } = TimeSpan.FromSeconds(60);

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Manifest, nameof(Manifest));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StopLimit, TimeSpan.Zero, nameof(StopLimit));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportLimit, TimeSpan.Zero, nameof(ReportLimit));
    }
}
