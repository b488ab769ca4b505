namespace Decnet.Fleet.Building;

using System.Net;
using System.Numerics;
using Decnet.Fleet.Model;

/// <summary>Describes sets of IPv4 addresses by networks.</summary>
public static class AddressRanges
{
    /// <summary>
    /// The fewest networks that contain the given addresses and no other one. One network over all of them would take in
    /// the gateway, the host or a neighbour: .2 and .9 alone span .0/28.
    /// </summary>
    /// <param name="addresses">IPv4 addresses in any order; repeated ones count once.</param>
    /// <returns>The networks, ascending; none for no addresses.</returns>
    /// <exception cref="ArgumentException">An address is not IPv4.</exception>
    public static ValueList<IPNetwork> Cover(IEnumerable<IPAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        uint[] numbers = [.. addresses.Select(IPv4.ToNumber).Distinct()];
        Array.Sort(numbers);
        var networks = new List<IPNetwork>();
        for (var start = 0; start < numbers.Length;)
        {
            var end = start;
            while (end + 1 < numbers.Length && numbers[end + 1] == numbers[end] + 1)
            {
                end++;
            }

            CoverRun(numbers[start], numbers[end], networks);
            start = end + 1;
        }

        return [.. networks];
    }

    static void CoverRun(uint first, uint last, List<IPNetwork> networks)
    {
        var next = (ulong)first;
        while (next <= last)
        {
            var aligned = BitOperations.TrailingZeroCount(next | (1UL << 32));
            var fitting = BitOperations.Log2(last - next + 1);
            var bits = Math.Min(aligned, fitting);
            networks.Add(new IPNetwork(IPv4.FromNumber((uint)next), 32 - bits));
            next += 1UL << bits;
        }
    }
}
