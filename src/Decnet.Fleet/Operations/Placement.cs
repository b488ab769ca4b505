namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;

/// <summary>Where a decky is to be worked on.</summary>
/// <param name="Mode">Whether its fleet runs on one host or on many.</param>
/// <param name="Host">The host that runs it.</param>
/// <param name="Self">The host that asks.</param>
public readonly record struct Placement(FleetMode Mode, HostId Host, HostId Self)
{
    /// <summary>Whether the host that asks runs the decky itself.</summary>
    public bool IsLocal => Host == Self;
}
