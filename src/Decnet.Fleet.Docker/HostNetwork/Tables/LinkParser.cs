namespace Decnet.Fleet.Docker.HostNetwork.Tables;

using System.Runtime.InteropServices;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Model;

/// <summary>Reads the messages of the table of links.</summary>
internal static class LinkParser
{
    internal static void Parse(ReadOnlySpan<byte> body, List<NetworkLink> found)
    {
        if (!MemoryMarshal.TryRead<LinkHeader>(body, out var header))
        {
            throw new NetlinkException("an interface in an answer of the kernel is cut off");
        }

        var isEnabled = (header.Flags & LinkHeader.Up) != 0;
        var isParentElsewhere = false;
        var link = new NetworkLink
        {
            Index = header.Index,
            Name = "",
            IsEnabled = isEnabled,
            IsRunning = isEnabled && (header.Flags & LinkHeader.Running) != 0,
            IsLoopback = (header.Flags & LinkHeader.Loopback) != 0,
            IsEthernet = header.HardwareType == LinkHeader.Ethernet && (header.Flags & LinkHeader.PointToPoint) == 0,
        };
        foreach (var attribute in new NetlinkAttributes(body[LinkHeader.Size..]))
        {
            isParentElsewhere |= attribute.Type == LinkAttribute.ParentNamespace;
            link = attribute.Type switch
            {
                LinkAttribute.Name => link with { Name = attribute.Text },
                LinkAttribute.MacAddress => link with { MacAddress = ReadMac(attribute.Value) },
                LinkAttribute.Parent => link with { ParentIndex = (int)attribute.Number },
                LinkAttribute.Master => link with { MasterIndex = (int)attribute.Number },
                LinkAttribute.Info => WithInfo(link, attribute.Nested),
                LinkAttribute.FamilySettings => WithSettings(link, attribute.Nested),
                _ => link,
            };
        }

        found.Add(isParentElsewhere ? link with { ParentIndex = 0 } : link);
    }

    static NetworkLink WithInfo(NetworkLink link, NetlinkAttributes info)
    {
        string? kind = null;
        uint? mode = null;
        foreach (var attribute in info)
        {
            if (attribute.Type == LinkAttribute.InfoKind)
            {
                kind = attribute.Text;
            }
            else if (attribute.Type == LinkAttribute.InfoData && kind is "macvlan" or "ipvlan")
            {
                mode = ReadMode(attribute.Nested);
            }
        }

        return link with { Kind = kind, Mode = mode };
    }

    static uint? ReadMode(NetlinkAttributes data)
    {
        foreach (var attribute in data)
        {
            if (attribute.Type == LinkAttribute.DataMode)
            {
                return attribute.Value.Length == sizeof(ushort) ? attribute.ShortNumber : attribute.Number;
            }
        }

        return null;
    }

    static NetworkLink WithSettings(NetworkLink link, NetlinkAttributes families)
    {
        foreach (var family in families)
        {
            if (family.Type != LinkAttribute.InternetFamily)
            {
                continue;
            }

            foreach (var attribute in family.Nested)
            {
                if (attribute.Type == LinkAttribute.InternetSettings)
                {
                    var values = MemoryMarshal.Cast<byte, uint>(attribute.Value);
                    link = link with
                    {
                        ReversePathFilter = At(values, LinkAttribute.ReversePathFilter),
                        ArpIgnore = At(values, LinkAttribute.ArpIgnore),
                    };
                }
            }
        }

        return link;
    }

    /// <summary>The kernel counts the settings from 1.</summary>
    static uint? At(ReadOnlySpan<uint> values, int setting) => setting <= values.Length ? values[setting - 1] : null;

    static MacAddress? ReadMac(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 6 && Decnet.Fleet.Model.MacAddress.TryParse(BitConverter.ToString(bytes.ToArray()), out var address) ? address : null;
}
