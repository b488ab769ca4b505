namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Operations;

/// <summary>How a master hands work over to hosts.</summary>
public sealed record SwarmOptions
{
    /// <summary>How many hosts are asked at the same time.</summary>
    /// <value>Default: 8. At least 1.</value>
    public int Parallelism { get; init; } = 8;

    /// <summary>How a host is asked again that did not answer. One that answered that it refuses is not asked again.</summary>
    public RetryOptions Retry { get; init; } = new();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, 1, nameof(Parallelism));
        Retry.Validate();
    }
}
