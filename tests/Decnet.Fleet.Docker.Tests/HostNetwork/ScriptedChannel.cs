namespace Decnet.Fleet.Docker.Tests.HostNetwork;

using Decnet.Fleet.Docker.HostNetwork.Netlink;

/// <summary>A kernel that says what it is told to, whatever it is asked.</summary>
internal sealed class ScriptedChannel(IEnumerable<byte[]> datagrams) : INetlinkChannel
{
    readonly IEnumerator<byte[]> answers = datagrams.GetEnumerator();

    internal List<byte[]> Requests { get; } = [];

    public void Send(ReadOnlySpan<byte> message) => Requests.Add(message.ToArray());

    public int Receive(Span<byte> buffer)
    {
        if (!answers.MoveNext())
        {
            throw new NetlinkException("nothing more was recorded");
        }

        answers.Current.CopyTo(buffer);
        return answers.Current.Length;
    }
}
