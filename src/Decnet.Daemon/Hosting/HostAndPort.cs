namespace Decnet.Daemon.Hosting;

using System.Globalization;
using System.Net;
using System.Net.Sockets;

/// <summary>Where a peer listens, as <c>HOST:PORT</c>; IPv6 addresses stand in brackets.</summary>
/// <param name="Host">The host name or address, without brackets.</param>
/// <param name="Port">The port.</param>
internal readonly record struct HostAndPort(string Host, int Port)
{
    /// <summary>Reads it; without a port it gets the one that is given.</summary>
    internal static HostAndPort? Parse(string text, int defaultPort)
    {
        if (IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && !text.StartsWith('['))
        {
            return new HostAndPort(text, defaultPort);
        }

        var colon = text.LastIndexOf(':');
        var hasPort = colon > text.LastIndexOf(']');
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = defaultPort;
        return Uri.CheckHostName(host) is not UriHostNameType.Unknown
            && (!hasPort || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
            ? new HostAndPort(host, port)
            : null;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
