namespace Decnet.Daemon.Units;

/// <summary>What a unit may reach by network.</summary>
/// <param name="Families">The kinds of sockets.</param>
/// <param name="Network">Further lines; empty for none.</param>
/// <param name="Why">The reason, in a sentence.</param>
internal sealed record UnitReach(string Families, string Network, string Why)
{
    internal static UnitReach Of(UnitRequest request) => request switch
    {
        { Kind: UnitKind.Agent } => new("AF_UNIX AF_INET AF_INET6 AF_NETLINK", "", "It listens to its master and reports to it; of the kernel it asks which interfaces the host has."),
        { Kind: UnitKind.Master } => new("AF_UNIX AF_INET AF_INET6 AF_NETLINK", "", "It listens to hosts and speaks to them; of the kernel it asks which addresses the machine has."),
        { UsesTcp: true } => new("AF_UNIX AF_INET AF_INET6", "", "The engine is behind TCP."),
        { MakesNetworks: true } => new("AF_UNIX AF_NETLINK", "IPAddressDeny=any", "The engine is a unix socket; to make a network it asks the kernel for the host's interfaces."),
        _ => new("AF_UNIX", "IPAddressDeny=any\nPrivateNetwork=yes", "The engine is a unix socket, which needs no network."),
    };
}
