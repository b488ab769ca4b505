namespace Decnet.Fleet.Tests.Containers.StandIns;

using System.Diagnostics;
using System.Text;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Xunit;

public sealed class StandInCommandTests
{
    /// <summary>In milliseconds; an engine kills what has not stopped after ten seconds.</summary>
    const int StopPatience = 9_000;

    public static TheoryData<string> Pool => [.. FleetCatalog.BuiltIn.ServicePool];

    static IEnumerable<string> ScriptsOf(string slug) =>
        from family in FleetCatalog.BuiltIn.OsFamilies
        from distro in FleetCatalog.BuiltIn.Distros
        select StandInSpecs.Script(slug, distro.Slug, family.Slug);

    [Theory]
    [MemberData(nameof(Pool))]
    public void Every_persona_has_a_short_script_that_gives_nothing_away(string slug)
    {
        foreach (var script in ScriptsOf(slug))
        {
            Assert.True(Encoding.UTF8.GetByteCount(script) < 100_000, $"{script.Length} characters");
            Assert.DoesNotContain('\0', script);
            Assert.All((string[])["decnet", "decky", "decoy", "honey", "trap-01", "stand-in"], word => Assert.DoesNotContain(word, script, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(Pool))]
    public void It_listens_on_every_tcp_port_and_on_no_other(string slug)
    {
        var service = FleetCatalog.BuiltIn.FindService(slug)!;
        var tcp = service.Ports.Where(port => port.Protocol == PortProtocol.Tcp).ToArray();
        var spec = StandInSpecs.Of(slug);
        Assert.Equal(tcp, spec.Ports);
        Assert.Equal(tcp.Select(port => $"nc -ll -p {port.Number} -e sh -c"), spec.Command[2].Split('\n').Where(line => line.StartsWith("{ nc", StringComparison.Ordinal)).Select(line => line[2..line.IndexOf(" \"", StringComparison.Ordinal)]));
        Assert.All(tcp, port => Assert.NotNull(StandInData.BuiltIn.Find(slug, port.Number, ["linux"])));
    }

    [Fact]
    public void Ports_of_udp_open_only_with_an_image()
    {
        var dns = FleetCatalog.BuiltIn.FindService("dns")!;
        Assert.Equal(["53/tcp"], FleetCatalog.PortsOpenedBy(dns).Select(port => port.ToString()));
        Assert.Equal(["53/tcp", "53/udp"], FleetCatalog.PortsOpenedBy(dns with { Image = "lab/dns:1" }).Select(port => port.ToString()));
        Assert.Empty(FleetCatalog.PortsOpenedBy(FleetCatalog.BuiltIn.FindService("snmp")!));
    }

    [Theory]
    [InlineData("ssh", "windows", "SSH-2.0-OpenSSH_for_Windows_8.1")]
    [InlineData("ssh", "windows_server", "SSH-2.0-OpenSSH_for_Windows_8.1")]
    [InlineData("ftp", "windows", "220 Microsoft FTP Service")]
    [InlineData("http", "windows_server", "Microsoft-IIS/10.0")]
    [InlineData("ssh", "embedded", "SSH-2.0-dropbear_2019.78")]
    [InlineData("telnet", "cisco", "User Access Verification")]
    public void The_operating_system_speaks_before_the_distribution(string slug, string family, string text) =>
        Assert.Contains(text, StandInSpecs.Script(slug, "debian", family), StringComparison.Ordinal);

    [Theory]
    [InlineData("debian", "OpenSSH_9.2p1 Debian-2+deb12u3")]
    [InlineData("ubuntu20", "OpenSSH_8.2p1 Ubuntu-4ubuntu0.11")]
    [InlineData("centos7", "OpenSSH_7.4")]
    [InlineData("of-a-user", "OpenSSH_9.6")]
    public void The_distribution_decides_the_version_of_ssh(string distro, string version) =>
        Assert.Contains($"'SSH-2.0-{version}\\r\\n'", StandInSpecs.Script("ssh", distro).Replace(@"'\''", "'", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void A_service_that_nobody_knows_is_listened_for_in_silence()
    {
        var catalog = FleetCatalog.BuiltIn.With(new CatalogOverlay { Services = [new() { Slug = "plc", DisplayName = "PLC", Ports = [new(PortProtocol.Tcp, 102), new(PortProtocol.Tcp, 103)] }] });
        var decky = FleetJson.ReadDecky("""{"name":"a","ip":"192.168.1.10","services":["plc"],"distro":"debian","base_image":"debian:12","build_base":"debian:12","hostname":"h"}""");
        var script = new DeckyComposer(catalog).Compose(StandInSpecs.Fleet, decky).Services[0].Command[2];
        Assert.Contains("nc -ll -p 102 ", script, StringComparison.Ordinal);
        Assert.Contains("nc -ll -p 103 ", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_with_a_nul_character_is_refused()
    {
        var error = Assert.Throws<DecnetException>(() => StandInSpecs.Script("smtp", settings: [("banner", SettingValue.Of("220 a\0b"))]));
        Assert.Contains("'trap-01'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'banner'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Weakness", "W-36")]
    public async Task No_setting_is_ever_code()
    {
        string[] pieces = ["'", "\"", "`", "$(", ")", "${IFS}", "\\", "\\n", "%s", "%", "%n", "\n", "\r\n", ";", "&", "|", "ü", "\u0081", "\u001b", "*", "~", "#", "-e", "{}", "id", " "];
        var random = new Random(20261121);
        for (var round = 0; round < 12; round++)
        {
            var value = string.Concat(Enumerable.Range(0, 40).Select(_ => pieces[random.Next(pieces.Length)]));
            using var standIn = new RunningStandIn(StandInSpecs.Script("smtp", settings: [("banner", SettingValue.Of(value)), ("mta", SettingValue.Of(value))]));
            var heard = Encoding.UTF8.GetString(await standIn.TalkAsync(25, false, "QUIT\r\n"u8.ToArray()));
            var shown = string.Concat(value.Select(letter => char.IsControl(letter) ? ' ' : letter));
            Assert.Equal(shown + "\r\n221 2.0.0 Bye\r\n", heard);
        }
    }

    [Theory]
    [InlineData("ssh", 22, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")]
    [InlineData("ldap", 389, "")]
    [InlineData("http", 80, "")]
    public async Task A_client_that_says_nothing_is_left(string slug, int port, string greeting)
    {
        var script = StandInSpecs.Script(slug);
        var hasty = script.Replace("[ $n -lt 30 ] || n=30", "[ $n -lt 1 ] || n=1", StringComparison.Ordinal);
        Assert.NotEqual(script, hasty);
        using var standIn = new RunningStandIn(hasty);
        Assert.Equal(greeting, await HearUntilTheEndAsync(standIn, port));
    }

    [Fact]
    public async Task No_connection_outlives_its_deadline()
    {
        var script = StandInSpecs.Script("pop3");
        var late = script.Replace("+120)", "+0)", StringComparison.Ordinal);
        Assert.NotEqual(script, late);
        using var standIn = new RunningStandIn(late);
        Assert.StartsWith("+OK ", await HearUntilTheEndAsync(standIn, 110), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_connections_are_closed_at_once()
    {
        var script = StandInSpecs.Script("pop3");
        var full = script.Replace("m=$(($#+40))", "m=0", StringComparison.Ordinal);
        Assert.NotEqual(script, full);
        using var standIn = new RunningStandIn(full);
        Assert.Equal("", await HearUntilTheEndAsync(standIn, 110));
    }

    static async Task<string> HearUntilTheEndAsync(RunningStandIn standIn, int port)
    {
        using var client = await standIn.ConnectAsync(port);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(limit.Token);
    }

    [Fact]
    public async Task It_ends_at_once_when_it_is_told_to()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("ssh"));
        using var client = await standIn.ConnectAsync(22);
        using var kill = Process.Start("kill", ["-TERM", standIn.Process.Id.ToString()]);
        Assert.True(standIn.Process.WaitForExit(StopPatience));
        Assert.Equal(0, standIn.Process.ExitCode);
    }

    [Fact]
    public async Task It_ends_with_an_error_when_a_port_is_taken()
    {
        using var first = new RunningStandIn(StandInSpecs.Script("ssh"));
        using var client = await first.ConnectAsync(22);
        using var second = new RunningStandIn(StandInSpecs.Script("ssh").Replace("-p 22 ", $"-p  {first.PortFor(22)} ", StringComparison.Ordinal));
        Assert.True(second.Process.WaitForExit(60_000));
        Assert.Equal(1, second.Process.ExitCode);
    }

    [Fact]
    public void A_service_with_udp_only_just_stays_up()
    {
        using var standIn = new RunningStandIn(StandInSpecs.Script("snmp"));
        Assert.False(standIn.Process.WaitForExit(300));
        using var kill = Process.Start("kill", ["-TERM", standIn.Process.Id.ToString()]);
        Assert.True(standIn.Process.WaitForExit(StopPatience));
    }
}
