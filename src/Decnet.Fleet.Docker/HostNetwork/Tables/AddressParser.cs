namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using System.Net;
using System.Runtime.InteropServices;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Model;

/// <summary>Reads the messages of the table of addresses.</summary>
internal static class AddressParser
{
    internal static void Parse(ReadOnlySpan<byte> body, List<InterfaceAddress> found)
    {
        if (!MemoryMarshal.TryRead<AddressHeader>(body, out var header))
        {
            throw new NetlinkException("an address in an answer of the kernel is cut off");
        }

        if (header.Family != LinkAttribute.InternetFamily)
        {
            return;
        }

        IPAddress? local = null;
        IPAddress? network = null;
        foreach (var attribute in new NetlinkAttributes(body[AddressHeader.Size..]))
        {
            if (attribute.Type == AddressAttribute.Local)
            {
                local = attribute.IPv4Address;
            }
            else if (attribute.Type == AddressAttribute.Network)
            {
                network = attribute.IPv4Address;
            }
        }

        if ((local ?? network) is { } address && header.PrefixLength <= 32)
        {
            found.Add(new InterfaceAddress
            {
                LinkIndex = header.LinkIndex,
                Address = address,
                Subnet = IPv4.NetworkOf(network ?? address, header.PrefixLength),
                IsSecondary = (header.Flags & AddressHeader.Secondary) != 0,
                Scope = header.Scope,
            });
        }
    }
}
