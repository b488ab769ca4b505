namespace Decnet.Fleet.Swarm.Tests.Agents.Removal;

using System.Diagnostics;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Testing;
using Xunit;

public sealed class OwnerRightsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public OwnerRightsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "An agent removes itself from Linux hosts only.");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Root_reads_the_folder_of_another_with_the_rights_of_that_one()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may give files away.");
        var (state, secret) = (folder.File("state"), folder.File("secret"));
        Directory.CreateDirectory(state);
        await File.WriteAllTextAsync(secret, "of root");
        await File.WriteAllTextAsync(Path.Combine(state, "own"), "of the agent");
        File.CreateSymbolicLink(Path.Combine(state, "link"), secret);
        // The folders above have to let the other user through.
        await RunAsync("chmod", "755", folder.Path, state);
        await RunAsync("chmod", "600", secret, Path.Combine(state, "own"));
        await RunAsync("chown", "-hR", "65534:65534", state);

        Assert.Equal("of the agent", OwnerRights.Read(state, () => File.ReadAllText(Path.Combine(state, "own"))));
        Assert.Throws<UnauthorizedAccessException>(() => OwnerRights.Read(state, () => File.ReadAllText(Path.Combine(state, "link"))));
        Assert.Throws<UnauthorizedAccessException>(() => OwnerRights.Read<object?>(state, () => { File.WriteAllText(secret, "changed"); return null; }));
        // The rights are back afterwards.
        Assert.Equal("of root", await File.ReadAllTextAsync(Path.Combine(state, "link")));
    }

    [Fact]
    public void A_folder_of_ones_own_is_read_as_ever_and_so_is_one_that_is_not_there()
    {
        Assert.Equal("read", OwnerRights.Read(folder.Path, () => "read"));
        Assert.Equal("read", OwnerRights.Read(folder.File("missing"), () => "read"));
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
