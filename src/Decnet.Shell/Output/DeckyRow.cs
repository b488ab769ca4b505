namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Model = Decnet.Fleet.Model;

/// <summary>What is recorded of a decky.</summary>
public sealed record DeckyRow
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The host that runs it.</summary>
    public required string HostId { get; init; }

    /// <summary>How it is: <c>pending</c>, <c>running</c>, <c>degraded</c>, <c>failed</c>, <c>torn_down</c>, <c>tearing_down</c> or <c>teardown_failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is so; null when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The address.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The services, by their slugs.</summary>
    public required string[] Services { get; init; }

    /// <summary>When its containers were last seen; null for never.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>When the row last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it, or the whole fleet, is to be left alone.</summary>
    public required bool Suspended { get; init; }

    internal static DeckyRow Of(Model.DeckyRow row, IReadOnlyCollection<Suspension> suspensions) => new()
    {
        Name = row.Name.Value,
        HostId = row.HostId.Value,
        State = Token<DeckyState>.Of(row.State),
        Reason = row.Reason,
        IPAddress = row.IPAddress.ToString(),
        Services = [.. row.Services],
        LastSeen = row.LastSeen,
        UpdatedAt = row.UpdatedAt,
        Suspended = suspensions.Any(order => order.HostId == row.HostId && order.Covers(row.Name)),
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
