namespace Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>Reads one message of a table and adds what it holds.</summary>
/// <typeparam name="T">What it holds.</typeparam>
/// <param name="body">What follows the header of the message.</param>
/// <param name="found">Where to add.</param>
internal delegate void NetlinkParser<T>(ReadOnlySpan<byte> body, List<T> found);
