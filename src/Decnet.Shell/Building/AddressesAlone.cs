namespace Decnet.Shell.Building;

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

/// <summary>A network for addresses that were given without one: deckies are described in it, and deployed in another.</summary>
internal sealed record AddressesAlone(IPNetwork Subnet, IPAddress Gateway)
{
    /// <summary>The longest prefix that is made up; in longer ones there would be no room for a gateway.</summary>
    const int LongestPrefix = 24;

    /// <summary>The smallest network, a /24 at least, that holds the addresses; null when a network was given, or no addresses that one could be told of.</summary>
    internal static AddressesAlone? Around(DeckyRequest request)
    {
        var isAlone = request.Subnet is null && request.Gateway is null && request.Addresses is { Length: > 0 };
        if (!isAlone || request.Addresses!.Any(address => address?.AddressFamily != AddressFamily.InterNetwork))
        {
            return null;
        }

        var numbers = request.Addresses!.Select(address => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes())).ToHashSet();
        var differing = numbers.Aggregate(0u, (bits, number) => bits | (number ^ numbers.First()));
        for (var prefix = Math.Min(LongestPrefix, BitOperations.LeadingZeroCount(differing)); prefix > 0; prefix--)
        {
            var network = numbers.First() & (uint.MaxValue << (32 - prefix));
            var last = network + (uint)((1L << (32 - prefix)) - 1);
            for (var gateway = network + 1; gateway < last; gateway++)
            {
                if (!numbers.Contains(gateway))
                {
                    return new AddressesAlone(new IPNetwork(Address(network), prefix), Address(gateway));
                }
            }
        }

        return null;
    }

    static IPAddress Address(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
