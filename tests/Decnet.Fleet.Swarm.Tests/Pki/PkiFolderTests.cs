namespace Decnet.Fleet.Swarm.Tests.Pki;

using System.Runtime.Versioning;
using Decnet.Fleet.Swarm.Pki;
using Xunit;

[UnsupportedOSPlatform("windows")]
public sealed class PkiFolderTests : IDisposable
{
    readonly PkiLab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public async Task Keys_and_folders_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var master = await lab.MasterAsync();
        await lab.EnrolAsync(master, "web");
        lab.Clock.Advance(TimeSpan.FromDays(300));
        await master.MaintainAsync(Views.Nobody(lab.Clock), default);
        await HostPki.Open(lab.FolderOf("web"), lab.Clock).RequestRenewalAsync(default);

        foreach (var folder in new[] { lab.MasterFolder.Path, lab.MasterFolder.In("issued"), lab.FolderOf("web").Path })
        {
            Assert.Equal(owner, File.GetUnixFileMode(folder));
            Assert.All(Directory.GetFiles(folder, "*.key"), key => Assert.Equal(owner & ~UnixFileMode.UserExecute, File.GetUnixFileMode(key)));
            Assert.All(Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & UnixFileMode.OtherRead));
        }

        Assert.Equal(["ca.key", "master.key"], Names("*.key"));
        Assert.Equal(2, Directory.GetFiles(lab.FolderOf("web").Path, "*.key").Length);
        Assert.Empty(Names(".*"));

        string[] Names(string pattern) => [.. Directory.GetFiles(lab.MasterFolder.Path, pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_secret_never_has_other_permissions_than_its_last()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var folder = lab.MasterFolder;
        folder.Create();
        var wrong = 0;
        using var stop = new CancellationTokenSource();
        var watcher = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var file in new DirectoryInfo(folder.Path).GetFiles())
                {
                    try
                    {
                        wrong += (File.GetUnixFileMode(file.FullName) & (UnixFileMode)0x3F) == 0 ? 0 : 1;
                    }
                    catch (IOException)
                    {
                        // It was renamed meanwhile.
                    }
                }
            }
        });

        for (var i = 0; i < 100; i++)
        {
            folder.WriteSecret("ca.key", new string('k', 100));
        }

        await stop.CancelAsync();
        await watcher;
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_refused_with_the_command_that_mends_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await lab.MasterAsync();
        File.SetUnixFileMode(lab.MasterFolder.In("master.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var error = await Assert.ThrowsAsync<PkiException>(() => lab.MasterAsync());

        Assert.Equal(lab.MasterFolder.In("master.key"), error.Path);
        Assert.Contains("chmod 600", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.crl")]
    [InlineData("master.crt")]
    [InlineData("master.key")]
    [InlineData("ca.crt")]
    public async Task A_damaged_file_is_named_with_what_to_do(string name)
    {
        await lab.MasterAsync();
        await File.WriteAllTextAsync(lab.MasterFolder.In(name), "nothing");

        var error = await Assert.ThrowsAsync<PkiException>(() => lab.MasterAsync());

        Assert.Equal(lab.MasterFolder.In(name), error.Path);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("estore", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_revocation_list_is_not_taken_for_an_empty_one()
    {
        await lab.MasterAsync();
        File.Delete(lab.MasterFolder.In("ca.crl"));

        Assert.Contains("trust.json", (await Assert.ThrowsAsync<PkiException>(() => lab.MasterAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_two_fleets_do_not_go_together()
    {
        using var other = new PkiLab();
        await lab.MasterAsync();
        await other.MasterAsync();
        foreach (var name in new[] { "ca.crt", "ca.crl" })
        {
            File.Copy(other.MasterFolder.In(name), lab.MasterFolder.In(name), overwrite: true);
        }

        Assert.Contains("not signed", (await Assert.ThrowsAsync<PkiException>(() => lab.MasterAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_is_not_enrolled_says_so()
    {
        Assert.False(HostPki.IsEnrolled(lab.FolderOf("web")));
        Assert.Contains("agent enroll", Assert.Throws<PkiException>(() => HostPki.Open(lab.FolderOf("web"), lab.Clock)).Message, StringComparison.Ordinal);
    }
}
