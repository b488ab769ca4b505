namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

[Trait("Weakness", "W-02")]
[Trait("Weakness", "L-0.3")]
public sealed class StateFolderTests
{
    [Fact]
    public void The_variable_wins() =>
        Assert.Equal("/srv/decnet", Resolve(systemFolder: true, ("DECNET_STATE_DIR", "/srv/decnet"), ("HOME", "/home/me")));

    [Fact]
    public void A_blank_variable_is_none_and_the_system_folder_is_next() =>
        Assert.Equal("/var/lib/decnet", Resolve(systemFolder: true, ("DECNET_STATE_DIR", " "), ("HOME", "/home/me")));

    [Fact]
    public void Without_a_writable_system_folder_the_user_has_one()
    {
        Assert.Equal("/home/me/.local/share/decnet", Resolve(systemFolder: false, ("HOME", "/home/me")));
        Assert.Equal("/data/decnet", Resolve(systemFolder: false, ("HOME", "/home/me"), ("XDG_DATA_HOME", "/data")));
        Assert.Equal("/home/me/.local/share/decnet", Resolve(systemFolder: false, ("HOME", "/home/me"), ("XDG_DATA_HOME", "relative")));
    }

    [Fact]
    public void A_relative_path_means_the_folder_of_the_start_and_no_later_one()
    {
        Assert.Equal(Path.GetFullPath("lab"), Resolve(systemFolder: true, ("DECNET_STATE_DIR", "lab")));
        var file = new FleetFile("lab.json");
        Assert.All([file.Path, file.BackupPath, file.LockPath], path => Assert.True(Path.IsPathFullyQualified(path), path));
    }

    [Fact]
    public void Windows_has_a_folder_of_its_own()
    {
        var folder = StateFolder.Resolve(name => name == "LOCALAPPDATA" ? "/users/me" : null, _ => true, windows: true);
        Assert.Equal(Path.GetFullPath("/users/me/Decnet"), folder.Path);
    }

    [Fact]
    public void Without_any_variable_the_error_says_which_to_set()
    {
        var error = Assert.Throws<DecnetException>(() => Resolve(systemFolder: false));
        Assert.Contains("DECNET_STATE_DIR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_is_in_the_folder()
    {
        var folder = new StateFolder("/srv/decnet");
        Assert.Equal("/srv/decnet/decnet-state.json", folder.FleetFile);
        Assert.Equal("/srv/decnet/decnet.lock", folder.Lock);
        Assert.Equal("/srv/decnet/db/decnet.db", folder.Database);
        Assert.Equal(folder.Lock, new FleetFile(folder.FleetFile).LockPath);
    }

    [Fact]
    public void The_real_check_takes_folders_that_can_be_written()
    {
        using var folder = new TemporaryFolder();
        Assert.True(DurableFilesNative.CanWriteFolder(folder.Path));
        Assert.False(DurableFilesNative.CanWriteFolder(folder.File("absent")));
    }

    static string Resolve(bool systemFolder, params (string Name, string Value)[] variables) => StateFolder.Resolve(
        name => variables.FirstOrDefault(variable => variable.Name == name).Value,
        path => systemFolder && path == StateFolder.SystemFolder,
        windows: false).Path;
}
