namespace Decnet.Daemon.Hosting;

using System.Net.Sockets;
using System.Text;

/// <summary>
/// Tells the service manager how the service is (<c>sd_notify(3)</c>). Without <c>NOTIFY_SOCKET</c> it tells nobody, and a message that
/// does not get through is lost: a service must not fail because its manager does not listen.
/// </summary>
internal sealed class ServiceNotifier : IDisposable
{
    const string SocketVariable = "NOTIFY_SOCKET";

    readonly Socket? socket;
    readonly UnixDomainSocketEndPoint? manager;

    ServiceNotifier(Socket? socket, UnixDomainSocketEndPoint? manager)
    {
        this.socket = socket;
        this.manager = manager;
    }

    /// <summary>Whether there is somebody to tell.</summary>
    internal bool IsActive => socket is not null;

    internal static ServiceNotifier Open(Func<string, string?> variable)
    {
        // Paths, and abstract names with '@' for the zero byte; vsock addresses belong to virtual machines.
        if (OperatingSystem.IsWindows() || variable(SocketVariable) is not { Length: > 1 } address || address[0] is not ('/' or '@'))
        {
            return new ServiceNotifier(null, null);
        }

        try
        {
            var manager = new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address);
            return new ServiceNotifier(new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified), manager);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return new ServiceNotifier(null, null);
        }
    }

    internal void Ready(string status) => Send($"READY=1\nSTATUS={Line(status)}");

    internal void Status(string status) => Send($"STATUS={Line(status)}");

    internal void Alive() => Send("WATCHDOG=1");

    internal void Stopping() => Send("STOPPING=1\nSTATUS=Ending");

    public void Dispose() => socket?.Dispose();

    void Send(string message)
    {
        try
        {
            socket?.SendTo(Encoding.UTF8.GetBytes(message), manager!);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    static string Line(string text) => text.ReplaceLineEndings(" ");
}
