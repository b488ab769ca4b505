namespace Decnet.Fleet.Model;

/// <summary>
/// Somebody's order to leave a decky, or all deckies of a host, alone: nothing is repaired or rotated until it is taken back.
/// Rows are kept up to date, and what people ask for themselves is done all the same.
/// </summary>
public sealed record Suspension
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The decky.</summary>
    /// <value>Default: null, all deckies of the host.</value>
    public DeckyName? DeckyName { get; init; }

    /// <summary>Who gave the order, for people.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why, for people.</summary>
    /// <value>Default: null, not said.</value>
    public string? Reason { get; init; }

    /// <summary>Whether it holds for a decky of its host.</summary>
    /// <param name="name">The decky.</param>
    /// <returns>True when it does.</returns>
    public bool Covers(DeckyName name) => DeckyName is null || DeckyName == name;
}
