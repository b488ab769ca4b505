namespace Decnet.Fleet.Building.Ini;

/// <summary>The keys that each kind of section knows, and words that people write for them.</summary>
internal static class IniKeys
{
    internal static readonly string[] General = ["net", "gw", "interface", "driver", "mutate_interval"];

    internal static readonly string[] Decky =
        ["ip", "services", "archetype", "distro", "hostname", "nmap_os", "mac", "mutate_interval", "host", "amount"];

    internal static readonly string[] Custom = ["binary", "exec", "ports"];

    static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["subnet"] = "net",
        ["network"] = "net",
        ["cidr"] = "net",
        ["gateway"] = "gw",
        ["iface"] = "interface",
        ["parent"] = "interface",
        ["ipvlan"] = "driver = ipvlan",
        ["macvlan"] = "driver = macvlan",
        ["bridge"] = "driver = bridge",
        ["address"] = "ip",
        ["ip_address"] = "ip",
        ["count"] = "amount",
        ["os"] = "nmap_os",
        ["mac_address"] = "mac",
        ["hwaddr"] = "mac",
        ["host_uuid"] = "host",
        ["interval"] = "mutate_interval",
        ["name"] = "hostname",
        ["image"] = "binary",
        ["command"] = "exec",
        ["cmd"] = "exec",
    };

    /// <summary>What to write instead of an unknown key: a key, a key with its value, or null.</summary>
    internal static string? Instead(string key, string[] known, IniReading reading)
    {
        var synonym = Synonyms.GetValueOrDefault(key.Replace('-', '_'));
        var fits = synonym is not null && known.Contains(synonym.Split(' ')[0]);
        return fits ? synonym : reading.Nearest(key, known);
    }
}
