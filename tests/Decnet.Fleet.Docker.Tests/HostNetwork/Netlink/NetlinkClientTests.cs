namespace Decnet.Fleet.Docker.Tests.HostNetwork.Netlink;

using System.Runtime.InteropServices;
using Decnet.Fleet.Docker.HostNetwork.Netlink;
using Decnet.Fleet.Docker.HostNetwork.Tables;
using Xunit;

public sealed class NetlinkClientTests
{
    const int NotPermitted = -1;
    const int Exists = -17;

    static NetlinkRequest Request => NetlinkRequest.Create(NetlinkType.GetLink, NetlinkFlags.Dump, default(LinkHeader));

    [Fact]
    public void Change_ends_with_the_acknowledgement_of_its_own_request()
    {
        var channel = new ScriptedChannel([Answer.Acknowledgement(99, NotPermitted), Answer.Message(NetlinkType.NewLink, 1, [1, 2, 3, 4]), Answer.Acknowledgement(1, 0)]);

        new NetlinkClient(channel).Change(Request);

        Assert.Throws<NetlinkException>(() => channel.Receive(new byte[8]));
    }

    [Fact]
    public void Each_request_has_a_number_of_its_own()
    {
        var channel = new ScriptedChannel([Answer.Acknowledgement(1, 0), Answer.Acknowledgement(2, 0)]);
        var client = new NetlinkClient(channel);

        client.Change(Request);
        client.Change(Request);

        Assert.Equal([1u, 2u], channel.Requests.Select(request => MemoryMarshal.Read<NetlinkHeader>(request).Sequence));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(48)]
    public void Refusal_carries_the_number_and_the_words_of_the_kernel(int repeated)
    {
        var client = new NetlinkClient(new ScriptedChannel([Answer.Acknowledgement(1, Exists, "Nexthop is not there.", repeated)]));

        var error = Assert.Throws<NetlinkException>(() => client.Change(Request));

        Assert.Equal(NetlinkException.Exists, error.Number);
        Assert.Equal("File exists: Nexthop is not there (error 17)", error.Message);
    }

    [Fact]
    public void Refusal_without_words_is_told_by_its_number()
    {
        var client = new NetlinkClient(new ScriptedChannel([Answer.Acknowledgement(1, NotPermitted)]));

        Assert.Equal("Operation not permitted (error 1)", Assert.Throws<NetlinkException>(() => client.Change(Request)).Message);
    }

    [Fact]
    public void Table_comes_in_several_datagrams_and_ends_with_its_own_end()
    {
        byte[] first = [.. Answer.Message(NetlinkType.NewLink, 1, [1, 0, 0, 0]), .. Answer.Message(NetlinkType.NewLink, 7, [9, 0, 0, 0])];
        byte[] second = [.. Answer.Done(7), .. Answer.Message(NetlinkType.NewLink, 1, [2, 0, 0, 0]), .. Answer.Done(1)];

        Assert.Equal([1, 2], ReadNumbers(first, second));
    }

    [Fact]
    public void Table_that_changed_while_it_was_read_is_read_again()
    {
        byte[][] interrupted = [Answer.Message(NetlinkType.NewLink, 1, [1, 0, 0, 0], NetlinkFlags.DumpInterrupted), Answer.Done(1)];
        byte[][] interruptedAtTheEnd = [Answer.Message(NetlinkType.NewLink, 2, [1, 0, 0, 0]), Answer.Done(2, flags: NetlinkFlags.DumpInterrupted)];
        byte[][] whole = [Answer.Message(NetlinkType.NewLink, 3, [2, 0, 0, 0]), Answer.Done(3)];

        Assert.Equal([2], ReadNumbers([.. interrupted, .. interruptedAtTheEnd, .. whole]));
    }

    [Fact]
    public void Table_that_always_changes_is_given_up()
    {
        var error = Assert.Throws<NetlinkException>(
            () => ReadNumbers([.. Enumerable.Range(1, 100).Select(sequence => Answer.Done((uint)sequence, flags: NetlinkFlags.DumpInterrupted))]));

        Assert.Contains("changed during each of 8 attempts", error.Message);
    }

    [Fact]
    public void Table_may_end_with_an_error()
    {
        Assert.Equal(NetlinkException.NoEntry, Assert.Throws<NetlinkException>(() => ReadNumbers(Answer.Done(1, -2))).Number);
        Assert.Equal(NetlinkException.NotSupported, Assert.Throws<NetlinkException>(() => ReadNumbers(Answer.Acknowledgement(1, -95))).Number);
    }

    [Fact]
    public void Answer_without_end_is_given_up()
    {
        var others = Answer.Message(NetlinkType.NewLink, 7, new byte[60_000]);

        var error = Assert.Throws<NetlinkException>(() => ReadNumbers(Enumerable.Repeat(others, 1_000_000)));

        Assert.Contains("does not end", error.Message);
    }

    [Fact]
    public void Every_cut_within_a_message_is_an_error_and_never_a_table()
    {
        var datagrams = Recorded.Datagrams("many-interfaces");
        foreach (var (number, length) in datagrams.Index().SelectMany(entry => CutsWithinMessages(entry.Item).Select(length => (entry.Index, length))))
        {
            var cut = datagrams.ToArray();
            cut[number] = cut[number][..length];

            Assert.Throws<NetlinkException>(() => new KernelTables(new NetlinkClient(new ScriptedChannel(cut))).ReadAll());
        }
    }

    [Fact]
    public void Wrong_bytes_are_an_error_of_netlink_or_wrong_values_but_nothing_else()
    {
        var recorded = Recorded.Datagrams("many-interfaces");
        var random = new Random(20);
        var refused = 0;
        for (var round = 0; round < 5_000; round++)
        {
            var datagrams = recorded.Select(datagram => datagram.ToArray()).ToArray();
            var datagram = datagrams[random.Next(datagrams.Length)];
            for (var i = 0; i < 3; i++)
            {
                datagram[random.Next(datagram.Length)] = (byte)random.Next(256);
            }

            refused += Record.Exception(() => new KernelTables(new NetlinkClient(new ScriptedChannel(datagrams))).ReadAll()) switch
            {
                null => 0,
                NetlinkException => 1,
                var error => throw error,
            };
        }

        Assert.InRange(refused, 1, 4_999);
    }

    static IEnumerable<int> CutsWithinMessages(byte[] datagram)
    {
        HashSet<int> ends = [];
        foreach (var message in new NetlinkMessages(datagram))
        {
            ends.Add((ends.Count == 0 ? 0 : ends.Max()) + (((int)message.Header.Length + 3) & ~3));
        }

        return Enumerable.Range(0, datagram.Length).Where(length => !ends.Contains(length));
    }

    static List<int> ReadNumbers(params IEnumerable<byte[]> datagrams) =>
        new NetlinkClient(new ScriptedChannel(datagrams)).Read<int>(Request, NetlinkType.NewLink, (body, found) => found.Add(MemoryMarshal.Read<int>(body)));
}
