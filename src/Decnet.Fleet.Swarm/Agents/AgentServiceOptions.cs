namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;

/// <summary>How an <see cref="AgentService"/> works.</summary>
public sealed record AgentServiceOptions
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>How long a command waits for the acceptance of others before it.</summary>
    /// <value>Default: 5 seconds. At least zero.</value>
    public TimeSpan AcceptanceWait { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(AcceptanceWait, TimeSpan.Zero, nameof(AcceptanceWait));
}
