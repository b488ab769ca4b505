namespace Decnet.Fleet.Docker.HostNetwork.Tables;

/// <summary>Tells Wi-Fi from wired Ethernet, which the kernel's table of links does not.</summary>
internal static class WirelessLinks
{
    const string Devices = "/sys/class/net";

    internal static NetworkTables Mark(NetworkTables tables, string devices = Devices) =>
        tables with { Links = [.. tables.Links.Select(link => link with { IsWireless = IsWireless(Path.Combine(devices, link.Name)) })] };

    /// <summary>Drivers of today register with cfg80211, old ones have wireless extensions.</summary>
    static bool IsWireless(string device) => Path.Exists(Path.Combine(device, "phy80211")) || Directory.Exists(Path.Combine(device, "wireless"));
}
