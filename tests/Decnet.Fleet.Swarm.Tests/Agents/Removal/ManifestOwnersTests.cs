namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using System.Diagnostics;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Agents.Removal;
using Xunit;

/// <summary>What the account of an agent could write must not tell a remover what to remove.</summary>
public sealed class ManifestOwnersTests : IDisposable
{
    const uint Stranger = 65534;

    readonly Installation installation = new();

    public ManifestOwnersTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "An agent removes itself from Linux hosts only.");

    public void Dispose() => installation.Dispose();

    string Folder => Path.GetDirectoryName(installation.ManifestPath)!;

    FleetIssue[] Issues() => [.. Assert.Throws<FleetValidationException>(() => InstallManifest.Read(installation.ManifestPath)).Issues];

    [Fact]
    public void A_manifest_that_only_its_user_may_change_is_read()
    {
        Assert.Equal(Installation.Id, InstallManifest.Read(installation.ManifestPath).Id);
    }

    [Fact]
    public void A_manifest_of_another_user_is_refused()
    {
        Give(installation.ManifestPath);

        var issue = Assert.Single(Issues());
        Assert.Equal(("manifest-owner", $"It belongs to user {Stranger}, who may change what it lists."), (issue.Code, issue.Message));
    }

    [Fact]
    public void A_manifest_in_a_folder_of_another_user_is_refused()
    {
        Give(Folder);

        var issue = Assert.Single(Issues());
        Assert.Equal(("manifest-place", Folder), (issue.Code, issue.Target));
        Assert.Contains($"belongs to user {Stranger}", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_in_a_folder_that_others_may_write_is_refused()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.GroupWrite);
        }

        var issue = Assert.Single(Issues());
        Assert.Equal(("manifest-place", Folder), (issue.Code, issue.Target));
    }

    [Fact]
    public void A_manifest_behind_a_link_is_refused()
    {
        installation.Link("linked", "lib/decnet");

        var refused = Assert.Throws<FleetValidationException>(() => InstallManifest.Read(installation.Path("linked/install-manifest.json")));

        Assert.Equal("manifest-place", Assert.Single(refused.Issues).Code);
    }

    [Fact]
    public void Of_a_manifest_from_which_nothing_is_removed_it_does_not_matter_whose_it_is()
    {
        Give(installation.ManifestPath);

        Assert.Equal(Installation.Id, InstallManifest.ReadDraft(installation.ManifestPath).Id);
    }

    [Fact]
    public async Task The_remover_removes_nothing_by_a_manifest_of_another_user()
    {
        Give(installation.ManifestPath);
        var before = installation.Left();

        var options = new HostRemoverOptions { HostId = AgentLab.Host, OperationId = Guid.NewGuid(), Manifest = installation.ManifestPath };
        var result = await new HostRemover(options, null).RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"belongs to user {Stranger}", Assert.Single(result.Failed), StringComparison.Ordinal);
        Assert.Equal(before, installation.Left());
    }

    static void Give(string path)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may give files away.");
        using var process = Process.Start("chown", [$"{Stranger}:{Stranger}", path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
