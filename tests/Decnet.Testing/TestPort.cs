namespace Decnet.Testing;

using System.Net;
using System.Net.Sockets;

/// <summary>
/// A TCP port of the loopback interface for something that has to be told its port. It is none of those that the system gives to
/// connections, and no other test process is given it, until it is disposed of.
/// </summary>
public sealed class TestPort : IDisposable
{
    const int First = 20_000;
    const int Count = 12_000;

    readonly FileStream mark;

    TestPort(int number, FileStream mark)
    {
        Number = number;
        this.mark = mark;
    }

    public int Number { get; }

    public static TestPort Take()
    {
        var start = Random.Shared.Next(Count);
        for (var i = 0; i < Count; i++)
        {
            var number = First + ((start + i) % Count);
            if (TryMark(number) is not { } mark)
            {
                continue;
            }

            if (IsFree(number))
            {
                return new TestPort(number, mark);
            }

            mark.Dispose();
        }

        throw new InvalidOperationException($"None of the ports from {First} on is free.");
    }

    public void Dispose() => mark.Dispose();

    public override string ToString() => $"{Number}";

    static FileStream? TryMark(int number)
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(), $"decnet-port-{number}");
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static bool IsFree(int number)
    {
        using var listener = new TcpListener(IPAddress.Loopback, number);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
