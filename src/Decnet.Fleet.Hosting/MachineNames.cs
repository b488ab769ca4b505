namespace Decnet.Fleet.Hosting;

using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

/// <summary>The names and addresses under which others may reach this machine, for certificates and command lines. It reads the system's tables.</summary>
public static class MachineNames
{
    /// <summary>All of them: the host name, those of the machine for itself, and the addresses of interfaces that are up.</summary>
    /// <returns>The names, each once.</returns>
    public static IReadOnlyList<string> List()
    {
        var addresses = Interfaces().SelectMany(Addresses).Select(address => address.ToString());
        return [.. HostName().Concat(["localhost", "127.0.0.1", "::1"]).Concat(addresses).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The one that others reach it by most likely: the address on the interface of a default route, else any, else the host name.</summary>
    /// <returns>The address or name.</returns>
    public static string Best() => Interfaces()
        .OrderByDescending(link => link.GetIPProperties().GatewayAddresses.Any(gateway => gateway.Address.AddressFamily == AddressFamily.InterNetwork))
        .SelectMany(Addresses)
        .OrderByDescending(address => address.AddressFamily == AddressFamily.InterNetwork)
        .Select(address => address.ToString())
        .Concat(HostName())
        .FirstOrDefault("localhost");

    /// <summary>Some systems have names that no certificate can have.</summary>
    static IEnumerable<string> HostName() =>
        new[] { Dns.GetHostName() }.Where(name => Uri.CheckHostName(name) == UriHostNameType.Dns && name.All(char.IsAscii));

    static IEnumerable<NetworkInterface> Interfaces() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(link => link.OperationalStatus == OperationalStatus.Up && link.NetworkInterfaceType != NetworkInterfaceType.Loopback);

    static IEnumerable<IPAddress> Addresses(NetworkInterface link) =>
        link.GetIPProperties().UnicastAddresses.Select(entry => entry.Address).Where(address => !address.IsIPv6LinkLocal);
}
