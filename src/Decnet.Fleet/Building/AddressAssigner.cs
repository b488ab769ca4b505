namespace Decnet.Fleet.Building;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>
/// Gives deckies their addresses: those that are asked for by name are taken first, wherever they are in the plan, then those
/// that deckies had before.
/// </summary>
internal sealed class AddressAssigner
{
    readonly List<FleetIssue> issues;
    readonly AddressAllocator? allocator;
    readonly HashSet<DeckyWish> kept = new(ReferenceEqualityComparer.Instance);
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
            if (wish.Address is not null)
            {
                Claim(wish, wish.Address);
            }
        }

        foreach (var wish in plan.Wishes)
        {
            if (wish.Address is null && !Keep(wish))
            {
                wanted++;
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

        if (kept.Contains(decky))
        {
            return decky.Before!.IPAddress;
        }

        var address = isShort ? null : allocator.Next();
        if (address is null && !isShort)
        {
            isShort = true;
            issues.Add(allocator.Shortage(wanted, free, decky.Name, decky.Line("ip")));
        }

        return address;
    }

    /// <summary>Lets a decky have the address that it had before; when that is not possible, it says why.</summary>
    bool Keep(DeckyWish decky)
    {
        if (decky.Before is not { } before || allocator is null)
        {
            return false;
        }

        var problem = allocator.IsExcluded(before.IPAddress) ? "is one that is excluded, such as a DHCP server's or another host's" : null;
        if (problem is null && allocator.TryClaim(before.IPAddress, decky.Name, out problem))
        {
            return kept.Add(decky);
        }

        issues.Add(FleetIssue.Warning("moved-address", $"The address {before.IPAddress} that {decky.Name} had {problem}, so it gets another one.", "say which, if that matters", decky.Name, decky.Line("ip")));
        return false;
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
            issues.Add(FleetIssue.Warning("excluded-address", $"The address {address} of {decky.Name} is one that is excluded, such as a DHCP server's or another host's.", "choose another one, or leave it out", decky.Name, line));
        }
    }
}
