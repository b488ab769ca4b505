namespace Decnet.Fleet.Tests.Containers.StandIns;

using Decnet.Fleet.Model;
using Xunit;

public sealed class StandInConversationTests
{
    [Theory]
    [InlineData("ssh", 22, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")]
    [InlineData("ftp", 21, "220 (vsFTPd 3.0.3)\r\n331 Please specify the password.\r\n530 Login incorrect.\r\n530 Please login with USER and PASS.\r\n221 Goodbye.\r\n", "user root\r\n", "PASS x\r\n", "SYST\r\n", "QUIT\r\n")]
    [InlineData("smtp", 25, "220 srv-alpha.corp.example ESMTP Postfix (Debian/GNU)\r\n250-srv-alpha.corp.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-VRFY\r\n250-ETRN\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-DSN\r\n250 SMTPUTF8\r\n250 2.1.0 Ok\r\n454 4.7.1 Relay access denied\r\n502 5.5.2 Error: command not recognized\r\n221 2.0.0 Bye\r\n", "EHLO x\r\n", "MAIL FROM:<a@b>\r\n", "RCPT TO:<c@d>\r\n", "BOGUS\r\n", "QUIT\r\n")]
    [InlineData("pop3", 110, "+OK Dovecot (Debian) ready.\r\n+OK\r\n-ERR [AUTH] Authentication failed.\r\n+OK Logging out\r\n", "USER a\r\n", "PASS b\r\n", "QUIT\r\n")]
    [InlineData("telnet", 23, "\u00ff\u00fd\u0018\u00ff\u00fd\u0020\u00ff\u00fd\u0023\u00ff\u00fd\u0027Debian GNU/Linux 12\r\nsrv-alpha login: Password: \r\nLogin incorrect\r\nsrv-alpha login: ", "root\r\n", "$(id)`\r\n")]
    [InlineData("redis", 6379, "+PONG\r\n$-1\r\n-READONLY You can't write against a read only replica.\r\n+hi there\r\n-ERR unknown command\r\n+OK\r\n", "!*1\r\n$4\r\nPING\r\n", "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "SET a b\r\n", "*2\r\n$4\r\nECHO\r\n$8\r\nhi there\r\n", "NONSENSE\r\n", "QUIT\r\n")]
    [InlineData("vnc", 5900, "RFB 003.008\n\u0001\u0002{16}\0\0\0\u0001\0\0\0\u0015Authentication failed", "RFB 003.008\n", "\u0002", "0123456789abcdef")]
    public async Task Text_protocols_are_spoken(string slug, int port, string expected, params string[] lines)
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script(slug));
        var begins = lines is [['!', ..], ..];
        var heard = await standIn.TalkAsync(port, begins, [.. lines.Select(line => line.TrimStart('!'))]);
        if (expected.IndexOf("{16}", StringComparison.Ordinal) is > 0 and var chance)
        {
            heard = heard[..chance] + "{16}" + heard[(chance + 16)..];
        }

        Assert.Equal(expected, heard);
    }

    [Fact]
    public async Task Commands_of_imap_are_answered_with_their_tag()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("imap"));
        var heard = await standIn.TalkAsync(143, false, "a1 LOGIN root toor\r\n", "%s CAPABILITY\r\n", "z9 logout\r\n");
        Assert.StartsWith("* OK [CAPABILITY IMAP4rev1 ", heard, StringComparison.Ordinal);
        Assert.Contains("\r\na1 NO [AUTHENTICATIONFAILED] Authentication failed.\r\n", heard, StringComparison.Ordinal);
        Assert.Contains("\r\n%s OK Pre-login", heard, StringComparison.Ordinal);
        Assert.EndsWith("* BYE Logging out\r\nz9 OK Logout completed.\r\n", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_relay_takes_a_message()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("smtp_relay", settings: [("banner", SettingValue.Of("220 mx.lab ESMTP Exim 4.96"))]));
        var heard = await standIn.TalkAsync(25, false, "HELO x\r\n", "MAIL FROM:<a@b>\r\n", "RCPT TO:<c@d>\r\n", "DATA\r\n", "Subject: x\r\n\r\nQUIT\r\n.\r\n", "QUIT\r\n");
        Assert.StartsWith("220 mx.lab ESMTP Exim 4.96\r\n250 srv-alpha.corp.example\r\n250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 ", heard, StringComparison.Ordinal);
        Assert.Matches("250 2.0.0 Ok: queued as 4[0-9a-f]{9}\r\n221 2.0.0 Bye\r\n$", heard);
    }

    [Fact]
    public async Task Ssh_offers_its_algorithms_to_clients_and_turns_others_away()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("ssh"));
        Assert.EndsWith("\r\nInvalid SSH identification string.\r\n", await standIn.TalkAsync(22, false, "GET / HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        var heard = await standIn.TalkAsync(22, false, "SSH-2.0-libssh2_1.10\r\n");
        var packet = heard[(heard.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.Equal(0, packet.Length % 8);
        Assert.Equal(packet.Length - 4, (packet[2] << 8) | packet[3]);
        Assert.Equal(20, packet[5]);
        Assert.True(packet[4] >= 4 && packet[^packet[4]..].All(letter => letter == '\0'));
        Assert.Contains("curve25519-sha256,", packet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_of_redis_is_a_bulk_string_with_the_version_of_the_setting()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("redis", settings: [("version", SettingValue.Of("6.9.9"))]));
        var heard = await standIn.TalkAsync(6379, true, "INFO\r\n", "QUIT\r\n");
        var length = int.Parse(heard[1..heard.IndexOf('\r', StringComparison.Ordinal)]);
        Assert.Equal("\r\n+OK\r\n", heard[(heard.IndexOf('\n', StringComparison.Ordinal) + 1 + length)..]);
        Assert.Contains("\r\nredis_version:6.9.9\r\n", heard, StringComparison.Ordinal);
    }
}
