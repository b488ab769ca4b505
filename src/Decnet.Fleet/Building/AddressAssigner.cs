namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Gives deckies their addresses: those that are asked for by name are taken first, wherever they are in the plan.</summary>
internal sealed class AddressAssigner
{
    readonly List<FleetIssue> issues;
    readonly AddressAllocator? allocator;
    readonly int wanted;
    readonly long free;
    bool isShort;

    internal AddressAssigner(BuildPlan plan, List<FleetIssue> issues)
    {
        this.issues = issues;
        if (plan.Space is null)
        {
            return;
        }

        var space = plan.Existing.Count == 0
            ? plan.Space
            : plan.Space with { Reserved = [.. plan.Space.Reserved, .. plan.Existing.Select(decky => decky.IPAddress)] };
        allocator = AddressAllocator.TryCreate(space, issues, plan.LineOf);
        foreach (var wish in plan.Wishes)
        {
            if (wish.Address is null)
            {
                wanted++;
            }
            else
            {
                Claim(wish, wish.Address);
            }
        }

        free = wanted == 0 || allocator is null ? 0 : allocator.CountFree();
    }

    /// <summary>The address of a decky, or null when there is none, which has been reported.</summary>
    internal IPAddress? Next(DeckyWish decky)
    {
        if (decky.Address is not null || allocator is null)
        {
            return decky.Address;
        }

        var address = isShort ? null : allocator.Next();
        if (address is null && !isShort)
        {
            isShort = true;
            issues.Add(allocator.Shortage(wanted, free, decky.Name, decky.Line("ip")));
        }

        return address;
    }

    void Claim(DeckyWish decky, IPAddress address)
    {
        if (allocator is null)
        {
            return;
        }

        var line = decky.Line("ip");
        if (!AddressSpaceCheck.IsIPv4(address))
        {
            issues.Add(FleetIssue.Error("not-ipv4", $"The address {address} of {decky.Name} is not an IPv4 address.", "use IPv4", decky.Name, line));
        }
        else if (!allocator.TryClaim(address, decky.Name, out var problem))
        {
            issues.Add(FleetIssue.Error("bad-address", $"The address {address} of {decky.Name} {problem}.", "choose another one, or leave it out", decky.Name, line));
        }
        else if (allocator.IsExcluded(address))
        {
            issues.Add(FleetIssue.Warning("excluded-address", $"The address {address} of {decky.Name} is one that is excluded, such as a DHCP server's.", "choose another one, or leave it out", decky.Name, line));
        }
    }
}
