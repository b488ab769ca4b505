namespace Decnet.Fleet.Building;

using System.Net;
using System.Net.Sockets;
using Decnet.Fleet.Model;

/// <summary>Says everything that is wrong with an <see cref="AddressSpace"/>.</summary>
internal static class AddressSpaceCheck
{
    internal const int ShortestPrefix = 8;
    internal const int LongestPrefix = 30;

    /// <summary>Adds an issue for each fault and tells whether the space can be used.</summary>
    internal static bool Run(AddressSpace space, ICollection<FleetIssue> issues, Func<string, int?>? lineOf = null)
    {
        if (SubnetFault(space.Subnet) is { } fault)
        {
            issues.Add(FleetIssue.Error("bad-subnet", fault.Problem, fault.Fix, "subnet", lineOf?.Invoke("net")));
            return false;
        }

        var before = issues.Count(issue => issue.Severity == FleetIssueSeverity.Error);
        CheckGateway(space, issues, lineOf?.Invoke("gw"));
        foreach (var address in space.HostAddresses)
        {
            CheckFamily("host address", address, issues);
        }

        CheckFirst(space, issues);
        foreach (var address in space.Excluded.Concat(space.Reserved))
        {
            CheckFamily("excluded or reserved address", address, issues);
        }

        foreach (var range in space.ExcludedRanges)
        {
            CheckRange(range, issues);
        }

        return issues.Count(issue => issue.Severity == FleetIssueSeverity.Error) == before;
    }

    internal static bool Contains(IPNetwork subnet, IPAddress address) =>
        IsIPv4(address) && IPv4.ToNumber(address) >= IPv4.First(subnet) && IPv4.ToNumber(address) <= IPv4.Last(subnet);

    internal static bool IsIPv4(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    internal static bool HasValidSubnet(AddressSpace space) => SubnetFault(space.Subnet) is null;

    internal static (string Problem, string Fix)? SubnetFault(IPNetwork subnet) =>
        !IsIPv4(subnet.BaseAddress) ? ($"{subnet} is not an IPv4 network.", "use one such as 192.168.1.0/24")
        : subnet.PrefixLength is >= ShortestPrefix and <= LongestPrefix ? null
        : ($"A fleet cannot be laid out in {subnet}: a network from /{ShortestPrefix} to /{LongestPrefix} is needed.",
            subnet.PrefixLength > LongestPrefix ? "use the network of the LAN, not the address of the host" : "name the part that the deckies may use");

    static void CheckGateway(AddressSpace space, ICollection<FleetIssue> issues, int? line)
    {
        if (space.Gateway is not { } gateway || !CheckFamily("gateway", gateway, issues, line))
        {
            return;
        }

        var (number, first, last) = (IPv4.ToNumber(gateway), IPv4.First(space.Subnet), IPv4.Last(space.Subnet));
        if (number < first || number > last)
        {
            issues.Add(space.GatewayOffLink
                ? FleetIssue.Warning("gateway-off-link", $"The gateway {gateway} is outside of {space.Subnet}, as stated; Docker refuses such a network.", target: "gateway", line: line)
                : FleetIssue.Error("gateway-outside", $"The gateway {gateway} is outside of {space.Subnet}.", "give the gateway of this network, or mark it as off-link", "gateway", line));
        }
        else if (number == first || number == last)
        {
            var which = number == first ? "network" : "broadcast";
            issues.Add(FleetIssue.Error("bad-gateway", $"The gateway {gateway} is the {which} address of {space.Subnet}.", "give the address of the router", "gateway", line));
        }
    }

    static void CheckFirst(AddressSpace space, ICollection<FleetIssue> issues)
    {
        if (space.FirstAddress is { } first
            && CheckFamily("first address", first, issues)
            && !Contains(space.Subnet, first))
        {
            issues.Add(FleetIssue.Error("first-address-outside", $"The first address {first} is outside of {space.Subnet}.", "give one of this network, or none", "first address"));
        }
    }

    static void CheckRange(AddressRange range, ICollection<FleetIssue> issues)
    {
        if (CheckFamily("excluded range", range.First, issues)
            && CheckFamily("excluded range", range.Last, issues)
            && IPv4.ToNumber(range.First) > IPv4.ToNumber(range.Last))
        {
            issues.Add(FleetIssue.Error("bad-range", $"The excluded range {range} ends before it begins.", $"write {range.Last}-{range.First}", "excluded range"));
        }
    }

    static bool CheckFamily(string what, IPAddress? address, ICollection<FleetIssue> issues, int? line = null)
    {
        if (address is null || IsIPv4(address))
        {
            return true;
        }

        issues.Add(FleetIssue.Error("not-ipv4", $"The {what} {address} is not an IPv4 address.", "use IPv4", what, line));
        return false;
    }
}
