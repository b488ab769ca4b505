namespace Decnet.Fleet.Docker.HostNetwork;

/// <summary>
/// Keeps a link out of IPv6, where routers of the LAN would give the host a second address and default route on it.
/// </summary>
internal static class HostLinkIPv6
{
    internal static void SwitchOff(string linkName)
    {
        var setting = $"/proc/sys/net/ipv6/conf/{linkName}/disable_ipv6";
        try
        {
            if (File.Exists(setting) && File.ReadAllText(setting).Trim() != "1")
            {
                File.WriteAllText(setting, "1");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // In a container with settings that are read-only, the link works as any other interface of the host.
        }
    }
}
