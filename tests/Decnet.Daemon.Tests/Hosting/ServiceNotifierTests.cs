namespace Decnet.Daemon.Tests.Hosting;

using System.Net.Sockets;
using System.Text;
using Decnet.Daemon.Hosting;
using Decnet.Testing;
using Xunit;

public sealed class ServiceNotifierTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_reach_sockets_with_paths_and_abstract_ones(bool isAbstract)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Abstract sockets are Linux's.");
        using var folder = new TemporaryFolder();
        var name = isAbstract ? $"decnet-test-{Guid.NewGuid():N}" : folder.File("notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{name}" : name));
        using var notifier = ServiceNotifier.Open(_ => isAbstract ? $"@{name}" : name);

        notifier.Ready("two\nlines");
        notifier.Alive();

        var buffer = new byte[256];
        Assert.Equal("READY=1\nSTATUS=two lines", Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer)));
        Assert.Equal("WATCHDOG=1", Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("vsock:2:1234")]
    [InlineData("relative")]
    public void Without_a_socket_nobody_is_told(string? value)
    {
        using var notifier = ServiceNotifier.Open(_ => value);

        notifier.Ready("x");

        Assert.False(notifier.IsActive);
    }

    [Fact]
    public void A_manager_that_does_not_listen_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no service manager that listens at a socket.");
        using var notifier = ServiceNotifier.Open(_ => "/nowhere/notify");

        notifier.Stopping();

        Assert.True(notifier.IsActive);
    }
}
