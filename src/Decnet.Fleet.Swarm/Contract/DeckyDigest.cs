namespace Decnet.Fleet.Swarm.Contract;

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Model;

/// <summary>
/// Tells whether a host runs what its master wants: a hash over the configuration of a decky without what differs between the two
/// by right, which is its address, its host, and when it was last rotated or visited.
/// </summary>
public static class DeckyDigest
{
    /// <summary>Makes the digest.</summary>
    /// <param name="decky">The decky.</param>
    /// <returns>SHA-256 over its canonical JSON, in lower-case hexadecimal digits.</returns>
    public static string Of(Decky decky)
    {
        ArgumentNullException.ThrowIfNull(decky);
        var common = decky with { IPAddress = IPAddress.Any, HostId = null, LastMutated = null, LastLoginAttempt = null };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FleetJson.Write(common))));
    }
}
