namespace Decnet.Fleet.Building;

using System.Diagnostics.CodeAnalysis;
using System.Net;
using Decnet.Fleet.Model;

/// <summary>
/// Hands out the free addresses of a network, ascending, each once. Claim the addresses that are asked for by name first:
/// then <see cref="Next"/> leaves them out. Not safe for several threads.
/// </summary>
public sealed class AddressAllocator
{
    readonly AddressSpace space;
    readonly Dictionary<uint, string> owners = [];
    readonly List<(uint First, uint Last)> excluded;
    readonly uint start;
    readonly uint last;
    uint cursor;
    int nextExcluded;

    /// <summary>Prepares a network.</summary>
    /// <param name="space">The network and what must be left out.</param>
    /// <exception cref="FleetValidationException">The space is not valid; the error has all reasons.</exception>
    public AddressAllocator(AddressSpace space)
        : this(space, Checked(space))
    {
    }

    AddressAllocator(AddressSpace space, IPNetwork subnet)
    {
        this.space = space;
        var first = IPv4.First(subnet) + 1;
        last = IPv4.Last(subnet) - 1;
        start = space.FirstAddress is { } lowest ? Math.Max(first, IPv4.ToNumber(lowest)) : first;
        cursor = start;
        excluded = MergedRanges(space, first, last);
        foreach (var address in space.Reserved)
        {
            owners[IPv4.ToNumber(address)] = "an existing decky";
        }

        foreach (var address in space.HostAddresses)
        {
            owners[IPv4.ToNumber(address)] = "the host itself";
        }

        if (space.Gateway is { } gateway)
        {
            owners[IPv4.ToNumber(gateway)] = "the gateway";
        }
    }

    /// <summary>The network.</summary>
    public IPNetwork Subnet => space.Subnet;

    /// <summary>Takes an address that is asked for by name.</summary>
    /// <param name="address">The address.</param>
    /// <param name="owner">Who takes it, for the message about a second claim.</param>
    /// <param name="problem">Why it cannot be had, as a sentence without subject such as <c>is the gateway's</c>.</param>
    /// <returns>True when it is taken now.</returns>
    public bool TryClaim(IPAddress address, string owner, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!AddressSpaceCheck.Contains(Subnet, address))
        {
            problem = $"is outside of {Subnet}";
            return false;
        }

        var number = IPv4.ToNumber(address);
        problem =
            number == IPv4.First(Subnet) ? $"is the network address of {Subnet}"
            : number == IPv4.Last(Subnet) ? $"is the broadcast address of {Subnet}"
            : owners.TryGetValue(number, out var other) ? $"is taken by {other}"
            : number >= start && number < cursor && !InExcluded(number) ? "has been handed out already"
            : null;
        return problem is null && owners.TryAdd(number, owner);
    }

    /// <summary>Whether an address is one that is left out of what is handed out.</summary>
    /// <param name="address">The address.</param>
    /// <returns>True when it is excluded, alone or by a range.</returns>
    public bool IsExcluded(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!AddressSpaceCheck.IsIPv4(address))
        {
            return false;
        }

        return InExcluded(IPv4.ToNumber(address));
    }

    /// <summary>Hands out the lowest address that is still free.</summary>
    /// <returns>The address, or null when none is left.</returns>
    public IPAddress? Next()
    {
        for (; cursor <= last; cursor++)
        {
            while (nextExcluded < excluded.Count && excluded[nextExcluded].Last < cursor)
            {
                nextExcluded++;
            }

            if (nextExcluded < excluded.Count && excluded[nextExcluded].First <= cursor)
            {
                cursor = excluded[nextExcluded].Last;
            }
            else if (owners.Count == 0 || !owners.ContainsKey(cursor))
            {
                return IPv4.FromNumber(cursor++);
            }
        }

        return null;
    }

    /// <summary>Hands out several addresses, ascending.</summary>
    /// <param name="count">How many; at least one.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below one.</exception>
    /// <exception cref="FleetValidationException">Fewer are free; none is handed out.</exception>
    public ValueList<IPAddress> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (CountFree() < count)
        {
            throw new FleetValidationException("address space", [Shortage(count, CountFree())]);
        }

        var addresses = new IPAddress[count];
        for (var i = 0; i < count; i++)
        {
            addresses[i] = Next()!;
        }

        return [.. addresses];
    }

    /// <summary>How many addresses <see cref="Next"/> can still hand out.</summary>
    /// <returns>The number.</returns>
    public long CountFree()
    {
        long free = (long)last - cursor + 1;
        foreach (var range in excluded)
        {
            free -= Math.Max(0, (long)range.Last - Math.Max(range.First, cursor) + 1);
        }

        return free - owners.Keys.Count(number => number >= cursor && number <= last && !InExcluded(number));
    }

    internal static AddressAllocator? TryCreate(AddressSpace space, ICollection<FleetIssue> issues, Func<string, int?>? lineOf) =>
        AddressSpaceCheck.Run(space, issues, lineOf) ? new AddressAllocator(space, space.Subnet) : null;

    internal FleetIssue Shortage(long wanted, long free, string? target = null, int? line = null) => FleetIssue.Error(
        "not-enough-addresses",
        $"Not enough free IPs in {Subnet}: {wanted} wanted, {free} free.",
        "ask for fewer deckies, exclude fewer addresses or use a larger network",
        target,
        line);

    static IPNetwork Checked(AddressSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        var issues = new List<FleetIssue>();
        return AddressSpaceCheck.Run(space, issues) ? space.Subnet : throw new FleetValidationException("address space", issues);
    }

    static List<(uint First, uint Last)> MergedRanges(AddressSpace space, uint first, uint last)
    {
        var ranges = space.ExcludedRanges.Select(range => (First: IPv4.ToNumber(range.First), Last: IPv4.ToNumber(range.Last)))
            .Concat(space.Excluded.Select(IPv4.ToNumber).Select(number => (First: number, Last: number)))
            .Where(range => range.Last >= first && range.First <= last)
            .Select(range => (First: Math.Max(range.First, first), Last: Math.Min(range.Last, last)))
            .OrderBy(range => range.First);
        var merged = new List<(uint First, uint Last)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    bool InExcluded(uint number)
    {
        var (low, high) = (0, excluded.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = excluded[middle].Last < number ? (middle + 1, high) : (low, middle);
        }

        return low < excluded.Count && excluded[low].First <= number;
    }
}
