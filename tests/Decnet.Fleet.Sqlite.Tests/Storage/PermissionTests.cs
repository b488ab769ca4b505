namespace Decnet.Fleet.Sqlite.Tests.Storage;

using Decnet.Testing;

/// <summary>The tests may run as root, whom no permission stops; so it is a child that opens the store, and gives its rights up first.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PermissionTests : IDisposable
{
    const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    readonly TemporaryFolder folder = new();

    [Fact]
    [Trait("Weakness", "L-5.5")]
    public async Task A_store_that_may_only_be_read_is_refused_as_read_only()
    {
        var answer = await OpenWithoutRightsAsync(Read, Read | Write | Enter);

        Assert.StartsWith("ReadOnly", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writable_store_in_a_read_only_folder_is_refused_as_read_only()
    {
        var answer = await OpenWithoutRightsAsync(Read | Write, Read | Enter);

        Assert.StartsWith("ReadOnly", answer, StringComparison.Ordinal);
        Assert.Contains("folder", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_write_permission_on_both_it_opens() =>
        Assert.Equal("opened", await OpenWithoutRightsAsync(Read | Write, Read | Write | Enter));

    public void Dispose()
    {
        File.SetUnixFileMode(folder.Path, Read | Write | Enter);
        folder.Dispose();
    }

    async Task<string> OpenWithoutRightsAsync(UnixFileMode file, UnixFileMode itsFolder)
    {
        var path = folder.File("decnet.db");
        await (await SqliteStateStore.OpenAsync(path)).DisposeAsync();
        var before = File.ReadAllBytes(path);
        File.SetUnixFileMode(path, file);
        File.SetUnixFileMode(folder.Path, itsFolder);

        var answer = await ChildProcess.RunAsync("unprivileged", path);

        Assert.Equal(before, File.ReadAllBytes(path));
        return answer;
    }
}
