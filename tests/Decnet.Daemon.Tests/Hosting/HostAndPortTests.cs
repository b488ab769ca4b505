namespace Decnet.Daemon.Tests.Hosting;

using Decnet.Daemon.Hosting;
using Xunit;

public sealed class HostAndPortTests
{
    [Theory]
    [InlineData("master.lab", "master.lab", 8771, "master.lab:8771")]
    [InlineData("master.lab:1234", "master.lab", 1234, "master.lab:1234")]
    [InlineData("198.18.4.7", "198.18.4.7", 8771, "198.18.4.7:8771")]
    [InlineData("198.18.4.7:80", "198.18.4.7", 80, "198.18.4.7:80")]
    [InlineData("fd00::7", "fd00::7", 8771, "[fd00::7]:8771")]
    [InlineData("[fd00::7]", "fd00::7", 8771, "[fd00::7]:8771")]
    [InlineData("[fd00::7]:80", "fd00::7", 80, "[fd00::7]:80")]
    public void A_peer_is_read_with_or_without_a_port(string text, string host, int port, string shown)
    {
        var peer = HostAndPort.Parse(text, 8771);

        Assert.Equal(new HostAndPort(host, port), peer);
        Assert.Equal(shown, peer.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("master:")]
    [InlineData("master:0")]
    [InlineData("master:70000")]
    [InlineData("master:-1")]
    [InlineData("https://master")]
    [InlineData("mas ter")]
    public void What_is_no_peer_is_refused(string text) => Assert.Null(HostAndPort.Parse(text, 8771));
}
