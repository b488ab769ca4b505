namespace Decnet.PowerShell.Tests.Shell.Hosts;

using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Decnet.Shell.Hosts;
using Xunit;

public sealed class EnrollingTests
{
    [Fact]
    public async Task The_first_invitation_makes_the_folder_that_of_a_master()
    {
        await using var lab = new ShellLab();

        var first = await Enrolling.InviteAsync(lab.Session, "web-host", null, "master.example:9771", CancellationToken.None);
        var second = await Enrolling.InviteAsync(lab.Session, "mail-host", TimeSpan.FromMinutes(5), "198.18.250.1", CancellationToken.None);

        Assert.Equal(first.CaFingerprint, second.CaFingerprint);
        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal($"decnetd agent enroll --master master.example:9771 --token {first.Token} --ca-fingerprint {first.CaFingerprint}", first.Command);
        Assert.StartsWith("decnetd agent enroll --master 198.18.250.1:8771 ", second.Command, StringComparison.Ordinal);
        Assert.True(second.ExpiresAt < first.ExpiresAt);
        Assert.True(File.Exists(Path.Combine(lab.StateDirectory, "pki", "ca.key")));
    }

    [Fact]
    public async Task A_host_is_enrolled_by_hand_and_its_reply_written()
    {
        await using var lab = new ShellLab();

        var registered = await lab.RegisterAsync("web-host");

        using var reply = JsonDocument.Parse(await File.ReadAllTextAsync(registered.Path));
        Assert.Equal("web-host", reply.RootElement.GetProperty("host_id").GetString());
        Assert.Equal(8770, reply.RootElement.GetProperty("master_port").GetInt32());
        Assert.Contains("BEGIN CERTIFICATE", reply.RootElement.GetProperty("certificate").GetString(), StringComparison.Ordinal);
        Assert.Equal($"decnetd agent enroll --reply web-host.json --report-to master.example:8770 --ca-fingerprint {registered.CaFingerprint} --port 1", registered.Command);
        var host = Assert.Single(await HostList.ListAsync(lab.Session, CancellationToken.None));
        Assert.Equal(("web-host", "enrolled", "127.0.0.1", 1, 0), (host.Name, host.Status, host.Address, host.Port, host.Deckies));
    }

    [Fact]
    public async Task A_reply_that_is_there_keeps_a_host_from_being_enrolled()
    {
        await using var lab = new ShellLab();
        await File.WriteAllTextAsync(lab.File("web-host.json"), "kept");

        var error = await Assert.ThrowsAsync<FaultException>(() => lab.RegisterAsync("web-host"));

        Assert.Equal("PathExists", error.Fault.Id);
        Assert.Empty(await HostList.ListAsync(lab.Session, CancellationToken.None));
        Assert.False(Directory.Exists(lab.StateDirectory));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_fault_of_its_own()
    {
        await using var lab = new ShellLab();
        await lab.RegisterAsync("web-host");

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => Enrolling.InviteAsync(lab.Session, "web-host", null, null, CancellationToken.None));

        Assert.Equal("HostNameTaken", Assert.Single(Faults.Of(error)).Id);
    }

    [Theory]
    [InlineData("master.example", "master.example:8771")]
    [InlineData("master.example:9000", "master.example:9000")]
    [InlineData("198.18.250.1:443", "198.18.250.1:443")]
    [InlineData("2001:db8::1", "[2001:db8::1]:8771")]
    [InlineData("[2001:db8::1]:9000", "[2001:db8::1]:9000")]
    public void The_place_of_a_master_is_read(string text, string place) => Assert.Equal(place, MasterEndpoint.Of(text, 8771).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("https://master.example")]
    [InlineData("master.example/path")]
    [InlineData("master.example:0")]
    [InlineData("master.example:70000")]
    [InlineData("a b")]
    public void What_is_no_place_is_a_fault(string text) => Assert.Equal("MasterInvalid", Assert.Throws<FaultException>(() => MasterEndpoint.Of(text, 8771)).Fault.Id);
}
