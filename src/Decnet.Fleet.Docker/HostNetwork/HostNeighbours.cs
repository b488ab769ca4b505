namespace Decnet.Fleet.Docker.HostNetwork;

using System.Net;

/// <summary>Tells which addresses of a LAN are in use, as far as this host has heard of them. It sends nothing.</summary>
public static class HostNeighbours
{
    /// <summary>The ARP table of the kernel (proc(5), <c>/proc/net/arp</c>).</summary>
    const string Table = "/proc/net/arp";

    /// <summary>The flag of an entry whose hardware address is known (linux/if_arp.h, <c>ATF_COM</c>).</summary>
    const int Complete = 0x2;

    /// <summary>Reads the neighbours in a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="table">The table; null for the kernel's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The addresses that have answered this host lately; none where the system does not tell.</returns>
    public static async Task<IReadOnlyCollection<IPAddress>> ReadAsync(IPNetwork network, string? table = null, CancellationToken cancellationToken = default)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(table ?? Table, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return [.. lines.Skip(1).Select(AddressOf).OfType<IPAddress>().Where(network.Contains).Distinct()];
    }

    /// <summary>The address of a complete entry: address, type, flags, hardware address, mask, device.</summary>
    static IPAddress? AddressOf(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isComplete = words.Length >= 4
            && words[2].StartsWith("0x", StringComparison.Ordinal)
            && int.TryParse(words[2].AsSpan(2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var flags)
            && (flags & Complete) != 0;
        return isComplete && IPAddress.TryParse(words[0], out var address) ? address : null;
    }
}
