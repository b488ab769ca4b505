namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Testing;
using Xunit;

public sealed class InstallManifestTests
{
    static readonly InstallManifest Plain = new()
    {
        Version = "1",
        Id = Installation.Id,
        Units = ["decnet-agent.service"],
        Files = ["/usr/local/bin/decnetd"],
        Folders = ["/var/lib/decnet"],
        Logs = ["/var/log/decnet"],
    };

    static string[] Codes(InstallManifest manifest) => [.. ManifestCheck.Of(manifest).Select(issue => $"{issue.Code} {issue.Target}")];

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TemporaryFolder();
        Plain.Write(folder.File("m.json"));

        Assert.Equal(Plain, InstallManifest.Read(folder.File("m.json")));
        Assert.Contains("\"folders\"", File.ReadAllText(folder.File("m.json")));
    }

    [Fact]
    public void A_plain_manifest_is_good() => Assert.Empty(Codes(Plain));

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var bad = new InstallManifest
        {
            Version = "2",
            Id = "x",
            Units = ["sshd.service", "decnet-agent.service", "decnet-agent.service"],
            Files = ["/etc/passwd", "relative/decnetd", "/opt/../etc/decnet.conf"],
            Folders = ["/", "/var", "/usr/local/bin", "/var/lib/decnet/"],
        };

        Assert.Equal(
            [
                "unknown-version version",
                "bad-id id",
                "bad-unit sshd.service",
                "bad-path relative/decnetd",
                "bad-path /opt/../etc/decnet.conf",
                "bad-path /var/lib/decnet/",
                "listed-twice decnet-agent.service",
                "system-folder /",
                "system-folder /var",
                "system-folder /usr/local/bin",
                "not-ours /etc/passwd",
            ],
            Codes(bad));
    }

    [Theory]
    [InlineData("//etc/decnet")]
    [InlineData("/etc/./decnet")]
    [InlineData("/etc/decnet\n")]
    [InlineData("")]
    [InlineData("/opt//decnet")]
    public void A_path_that_is_not_plain_is_refused(string path) => Assert.Contains($"bad-path {path}", Codes(Plain with { Folders = [path] }));

    [Theory]
    [InlineData("decnet-agent.service\n")]
    [InlineData("decnet agent.service")]
    [InlineData("decnet-agent")]
    [InlineData("decnet-../x.service")]
    public void A_unit_that_is_none_of_ours_is_refused(string unit) => Assert.Contains($"bad-unit {unit}", Codes(Plain with { Units = [unit] }));

    [Fact]
    public void What_lies_in_a_kept_folder_cannot_be_removed() => Assert.Equal(
        ["kept /var/log/decnet/old", "kept /var/log/decnet/decnet.pid"],
        Codes(Plain with { Folders = ["/var/log/decnet/old"], Files = ["/var/log/decnet/decnet.pid"] }));

    [Fact]
    public void A_file_without_our_name_may_lie_in_one_of_our_folders() => Assert.Empty(Codes(Plain with { Files = ["/var/lib/decnet/state.json"] }));

    [Theory]
    [InlineData("{", "bad-manifest")]
    [InlineData("null", "bad-manifest")]
    [InlineData("{\"version\":\"1\",\"id\":\"0123456789abcdef0123456789abcdef\",\"keep\":[]}", "bad-manifest")]
    [InlineData("{\"version\":\"1\",\"id\":\"0123456789abcdef0123456789abcdef\",\"files\":[null]}", "bad-manifest")]
    public void What_is_no_manifest_is_refused(string text, string code)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.json"), text);

        var error = Assert.Throws<FleetValidationException>(() => InstallManifest.Read(folder.File("m.json")));

        Assert.Equal(code, error.Errors.Single().Code);
        Assert.Contains(folder.File("m.json"), error.Message);
    }

    [Fact]
    public void A_manifest_that_is_missing_a_link_or_writable_for_others_is_refused()
    {
        using var folder = new TemporaryFolder();
        Plain.Write(folder.File("m.json"));
        File.CreateSymbolicLink(folder.File("link.json"), folder.File("m.json"));

        Assert.Equal("no-manifest", Assert.Throws<FleetValidationException>(() => InstallManifest.Read(folder.File("gone.json"))).Errors.Single().Code);
        Assert.Equal("no-manifest", Assert.Throws<FleetValidationException>(() => InstallManifest.Read(folder.File("link.json"))).Errors.Single().Code);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("m.json"), File.GetUnixFileMode(folder.File("m.json")) | UnixFileMode.OtherWrite);
            Assert.Equal("manifest-writable", Assert.Throws<FleetValidationException>(() => InstallManifest.Read(folder.File("m.json"))).Errors.Single().Code);
        }
    }

    [Fact]
    public void A_manifest_that_is_wrong_is_not_written()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<FleetValidationException>(() => (Plain with { Folders = ["/"] }).Write(folder.File("m.json")));

        Assert.False(File.Exists(folder.File("m.json")));
    }

    [Fact]
    public void A_folder_is_marked_once_and_for_one_installation()
    {
        using var folder = new TemporaryFolder();

        Plain.Mark(folder.Path);
        Plain.Mark(folder.Path);

        Assert.Throws<FleetFileException>(() => (Plain with { Id = new string('f', 32) }).Mark(folder.Path));
    }
}
