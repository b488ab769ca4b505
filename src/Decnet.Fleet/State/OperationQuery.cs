namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>Which operations to list. Conditions that are null do not restrict.</summary>
public sealed record OperationQuery
{
    /// <summary>The operations with these ids; unknown ones are left out.</summary>
    /// <value>Default: null.</value>
    public IReadOnlyCollection<Guid>? Ids { get; init; }

    /// <summary>Those of this host.</summary>
    /// <value>Default: null.</value>
    public HostId? HostId { get; init; }

    /// <summary>Those of this decky.</summary>
    /// <value>Default: null.</value>
    public DeckyName? DeckyName { get; init; }

    /// <summary>Those with this status.</summary>
    /// <value>Default: null.</value>
    public OperationStatus? Status { get; init; }

    /// <summary>At most so many, the newest.</summary>
    /// <value>Default: 1,000.</value>
    public int Limit { get; init; } = 1000;
}
