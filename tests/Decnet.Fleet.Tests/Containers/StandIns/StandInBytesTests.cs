namespace Decnet.Fleet.Tests.Containers.StandIns;

using System.Text;
using Decnet.Fleet.Model;
using Xunit;

/// <summary>What binary protocols say, checked against their specifications.</summary>
public sealed class StandInBytesTests
{
    static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    static async Task<byte[]> TalkAsync(string slug, int port, bool begins, params string[] messages)
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script(slug));
        return await standIn.TalkAsync(port, begins, [.. messages.Select(Hex)]);
    }

    [Theory]
    [InlineData("rdp", 3389, "03 00 00 13 0e e0 00 00 00 00 00 01 00 08 00 03 00 00 00", "03 00 00 13 0e d0 00 00 12 34 00 02 1f 08 00 01 00 00 00")]
    [InlineData("rdp", 3389, "03 00 00 0b 06 e0 00 00 00 00 00", "03 00 00 0b 06 d0 00 00 12 34 00")]
    [InlineData("mqtt", 1883, "10 0c 00 04 4d 51 54 54 04 02 00 3c 00 00", "20 02 00 05")]
    [InlineData("mqtt", 1883, "10 0d 00 04 4d 51 54 54 05 02 00 3c 00 00 00", "20 03 00 87 00")]
    [InlineData("conpot", 502, "12 34 00 00 00 06 01 03 00 00 00 01", "12 34 00 00 00 03 01 83 02")]
    [InlineData("conpot", 502, "00 00 00 00 00 05 00 2b 0e 01 00", "00 00 00 00 00 22 00 2b 0e 01 01 00 00 03 00 07 53 69 65 6d 65 6e 73 01 07 53 49 4d 41 54 49 43 02 06 53 37 2d 32 30 30")]
    [InlineData("ldap", 389, "30 0c 02 01 07 60 07 02 01 03 04 00 80 00", "30 0c 02 01 07 61 07 0a 01 00 04 00 04 00")]
    [InlineData("ldap", 389, "30 11 02 01 09 60 0c 02 01 03 04 03 63 6e 3d 80 02 61 62", "30 0c 02 01 09 61 07 0a 01 31 04 00 04 00")]
    [InlineData("ldap", 389, "30 84 00 00 00 10 02 01 05 60 84 00 00 00 07 02 01 03 04 00 80 00", "30 0c 02 01 05 61 07 0a 01 00 04 00 04 00")]
    [InlineData("postgres", 5432, "00 00 00 08 04 d2 16 2f", "4e")]
    [InlineData("dns", 53, "00 11 be ef 01 00 00 01 00 00 00 00 00 00 00 00 01 00 01", "00 11 be ef 81 05 00 01 00 00 00 00 00 00 00 00 01 00 01")]
    public async Task A_client_that_begins_gets_the_answer_of_the_protocol(string slug, int port, string request, string expected) =>
        Assert.Equal(Hex(expected), await TalkAsync(slug, port, true, request));

    [Fact]
    public async Task Mysql_greets_and_refuses_the_user_by_name()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("mysql", settings: [("version", SettingValue.Of("5.7.44-log"))]));
        var login = "3a 00 00 01 85 a6 03 00 00 00 00 01 21" + string.Concat(Enumerable.Repeat("00", 23)) + Convert.ToHexString("o'd%s\0"u8) + "14" + string.Concat(Enumerable.Repeat("aa", 20));
        var heard = await standIn.TalkAsync(3306, false, Hex(login));
        var length = heard[0] | (heard[1] << 8) | (heard[2] << 16);
        Assert.Equal((byte)0, heard[3]);
        Assert.Equal((byte)10, heard[4]);
        Assert.Equal("5.7.44-log\0", Encoding.ASCII.GetString(heard, 5, 11));
        Assert.Equal("mysql_native_password\0", Encoding.ASCII.GetString(heard, 4 + length - 22, 22));
        Assert.Equal(5 + 11 + 4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10 + 12 + 1 + 22, 4 + length);
        var refusal = heard[(4 + length)..];
        Assert.Equal(refusal.Length - 4, refusal[0]);
        Assert.Equal(Hex("00 00 02 ff 15 04"), refusal[1..7]);
        Assert.Equal("#28000Access denied for user 'o'd%s'@'localhost' (using password: YES)", Encoding.ASCII.GetString(refusal, 7, refusal.Length - 7));
    }

    [Fact]
    public async Task Postgres_asks_for_a_password_and_refuses_the_user_by_name()
    {
        var startup = "00 00 00 25 00 03 00 00" + Convert.ToHexString("user\0admin\0database\0postgres\0\0"u8);
        var heard = await TalkAsync("postgres", 5432, true, "00 00 00 08 04 d2 16 2f", startup, "70 00 00 00 08 6d 64 35 00");
        Assert.Equal("N"u8[0], heard[0]);
        Assert.Equal(Hex("52 00 00 00 0c 00 00 00 05"), heard[1..10]);
        var error = heard[14..];
        Assert.Equal("E"u8[0], error[0]);
        Assert.Equal(error.Length - 1, (error[3] << 8) | error[4]);
        Assert.Equal(
            "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"admin\"\0Fauth.c\0L326\0Rauth_failed\0\0",
            Encoding.ASCII.GetString(error, 5, error.Length - 5));
    }

    [Fact]
    public async Task Sql_server_answers_prelogin_and_refuses_the_login()
    {
        var heard = await TalkAsync("mssql", 1433, true, "12 01 00 0c 00 00 00 00 ff 00 00 00", "10 01 00 10 00 00 01 00 00 00 00 00 00 00 00 00");
        var first = (heard[2] << 8) | heard[3];
        Assert.Equal(Hex("04 01 00 2b 00 00 01 00 00 00 1a 00 06"), heard[..13]);
        Assert.Equal(Hex("0f 00 10 01 00 00 02 00 00"), heard[(first - 9)..first]);
        var second = heard[first..];
        Assert.Equal(second.Length, (second[2] << 8) | second[3]);
        Assert.Equal((byte)0xaa, second[8]);
        Assert.Equal(second.Length - 13 - 11, second[9] | (second[10] << 8));
        Assert.Equal(18452, second[11] | (second[12] << 8));
        var characters = second[17] | (second[18] << 8);
        Assert.StartsWith("Login failed.", Encoding.Unicode.GetString(second, 19, 2 * characters), StringComparison.Ordinal);
        Assert.Equal("srv-alpha", Encoding.Unicode.GetString(second, 20 + (2 * characters), 2 * second[19 + (2 * characters)]));
    }

    [Fact]
    public async Task Smb_negotiates_and_refuses_the_session()
    {
        var header = "fe 53 4d 42 40 00 00 00 00 00 00 00 {0} 00 01 00 00 00 00 00 00 00 00 00 {1} 00 00 00 00 00 00 00" + string.Concat(Enumerable.Repeat(" 00", 32));
        var negotiate = "00 00 00 6a" + string.Format(header, "00", "01") + "24 00 03 00 01 00 00 00 00 00 00 00" + string.Concat(Enumerable.Repeat("00", 24)) + "02 02 10 02 00 03";
        var setup = "00 00 00 58" + string.Format(header, "01", "02") + "19 00" + string.Concat(Enumerable.Repeat("00", 22));
        var heard = await TalkAsync("smb", 445, true, negotiate, setup);
        var length = heard[3] | (heard[2] << 8);
        Assert.Equal(64 + 64 + 30, length);
        Assert.Equal(Hex("fe 53 4d 42 40 00"), heard[4..10]);
        Assert.Equal((byte)1, heard[28]);
        Assert.Equal(Hex("41 00 01 00 10 02"), heard[68..74]);
        var time = DateTimeOffset.FromFileTime(BitConverter.ToInt64(heard, 68 + 40));
        Assert.True(Math.Abs((TimeProvider.System.GetUtcNow() - time).TotalMinutes) < 5, $"The time is {time:O}.");
        var refusal = heard[(4 + length)..];
        Assert.Equal(4 + 64 + 9, refusal.Length);
        Assert.Equal(Hex("6d 00 00 c0 01 00"), refusal[12..18]);
        Assert.Equal((byte)2, refusal[28]);
    }

    [Theory]
    [InlineData("69 73 4d 61 73 74 65 72", "maxWireVersion", 1.0)]
    [InlineData("68 65 6c 6c 6f", "maxWireVersion", 1.0)]
    [InlineData("62 75 69 6c 64 49 6e 66 6f", "4.4.29", 1.0)]
    [InlineData("6c 69 73 74 44 61 74 61 62 61 73 65 73", "Unauthorized", 0.0)]
    public async Task Mongodb_says_what_it_is_and_demands_a_login(string command, string text, double ok)
    {
        var document = "10" + command + "00 01 00 00 00 00";
        var size = Hex(document).Length + 4;
        var body = $"00 00 00 00 00 {size:x2} 00 00 00 {document}";
        var heard = await TalkAsync("mongodb", 27017, true, $"{16 + Hex(body).Length:x2} 00 00 00 2a 00 00 00 00 00 00 00 dd 07 00 00 {body}");
        Assert.Equal(heard.Length, BitConverter.ToInt32(heard, 0));
        Assert.Equal((42, 2013), (BitConverter.ToInt32(heard, 8), BitConverter.ToInt32(heard, 12)));
        Assert.Equal(heard.Length - 21, BitConverter.ToInt32(heard, 21));
        Assert.Contains(text, Encoding.ASCII.GetString(heard), StringComparison.Ordinal);
        var at = Encoding.Latin1.GetString(heard).IndexOf("\u0001ok\0", StringComparison.Ordinal);
        Assert.Equal(ok, BitConverter.ToDouble(heard, at + 4));
    }

    [Fact]
    public async Task Dns_tells_the_version_of_the_setting()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("dns", settings: [("bind_version", SettingValue.Of("9.16.1-Ubuntu"))]));
        var heard = await standIn.TalkAsync(53, true, Hex("00 1e 00 06 01 00 00 01 00 00 00 00 00 00 07 76 65 72 73 69 6f 6e 04 62 69 6e 64 00 00 10 00 03"));
        Assert.Equal(heard.Length - 2, (heard[0] << 8) | heard[1]);
        Assert.Equal(Hex("00 06 85 00 00 01 00 01"), heard[2..10]);
        Assert.Equal("\u000d9.16.1-Ubuntu", Encoding.ASCII.GetString(heard[^14..]));
    }
}
