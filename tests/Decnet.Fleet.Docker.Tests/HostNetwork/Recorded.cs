namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Decnet.Testing;
using Xunit;

/// <summary>Answers that a kernel once gave.</summary>
internal static class Recorded
{
    internal static byte[][] Datagrams(string name)
    {
        Assert.SkipUnless(BitConverter.IsLittleEndian, "The answers were recorded on a machine with the other byte order.");
        return [.. File.ReadLines(SourceTree.File($"tests/Decnet.Fleet.Docker.Tests/HostNetwork/Recorded/{name}.hex")).Select(Convert.FromHexString)];
    }

    internal static NetworkTables Tables(string name) => new KernelTables(new NetlinkClient(new ScriptedChannel(Datagrams(name)))).ReadAll();
}
