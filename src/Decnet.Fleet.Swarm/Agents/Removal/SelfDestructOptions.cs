namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>How a <see cref="SelfDestruct"/> works.</summary>
public sealed record SelfDestructOptions
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The state folder of the agent, where it is remembered that the host is being removed.</summary>
    public required StateFolder Folder { get; init; }

    /// <summary>The path of the install manifest.</summary>
    public required string Manifest { get; init; }

    /// <summary>Makes the command of the remover, its program by absolute path first, for a request.</summary>
    public required Func<Guid, ValueList<string>> Command { get; init; }

    /// <summary>How long a confirmation may be used.</summary>
    /// <value>Default: 60 seconds. More than zero.</value>
    public TimeSpan ConfirmationLifetime { get; init; } = TimeSpan.FromSeconds(60);

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConfirmationLifetime, TimeSpan.Zero, nameof(ConfirmationLifetime));
}
