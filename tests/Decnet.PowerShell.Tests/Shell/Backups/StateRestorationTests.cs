namespace Decnet.PowerShell.Tests.Shell.Backups;

using Decnet.Fleet.State;
using Decnet.Shell.Backups;
using Decnet.Shell.Flow;
using Decnet.Shell.Output;
using Decnet.Testing;
using Xunit;

public sealed class StateRestorationTests : IAsyncLifetime
{
    readonly ShellLab lab = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task A_backup_is_made_in_the_state_folder_listed_and_restored_as_a_new_generation()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        var backup = await StateArchive.CreateAsync(lab.Session, null, overwrite: false, default);
        Assert.Equal(("backup", 1L, 2, "local"), (backup.Kind, backup.Generation!.Value, backup.Deckies!.Value, backup.HostId));
        Assert.Equal(StateArchive.FolderOf(lab.Session), Path.GetDirectoryName(backup.Path));
        await lab.DeployAsync(Sample.Deckies(1));
        await lab.DeployAsync(Sample.Deckies(3));

        await StateArchive.ListAsync(lab.Session, null, lab.Outlet, default);
        Assert.Equal(
            ["generation 3 True", "generation 2 False", "backup 1 False"],
            lab.Outlet.Of<StateBackup>().Select(item => $"{item.Kind} {item.Generation} {item.IsCurrent}"));

        var outlet = new RecordingOutlet();
        var found = await StateRestoration.FindAsync(lab.Session, 1, default);
        await StateRestoration.RestoreAsync(lab.Session, found, database: false, otherHost: false, outlet, default);

        var restored = Assert.Single(outlet.Of<StateBackup>());
        Assert.Equal((4L, 2, true), (restored.Generation!.Value, restored.Deckies!.Value, restored.IsCurrent));
        Assert.Equal(2, ((DesiredState.Known)await (await lab.OpenAsync()).File.LoadAsync()).Fleet.Deckies.Count);
    }

    [Fact]
    public async Task The_previous_generation_is_found_by_number_and_by_path()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        await lab.DeployAsync(Sample.Deckies(3));

        var byNumber = await StateRestoration.FindAsync(lab.Session, 1, default);
        Assert.Equal(byNumber, await StateRestoration.FindAsync(lab.Session, byNumber.Path, default));
        await StateRestoration.RestoreAsync(lab.Session, byNumber, database: false, otherHost: false, lab.Outlet, default);

        Assert.Equal((3L, 1), Assert.Single(lab.Outlet.Of<StateBackup>()) is var now ? (now.Generation!.Value, now.Deckies!.Value) : default);
    }

    [Fact]
    public async Task The_database_of_a_backup_is_restored_on_request_although_the_session_had_it_open()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        var backup = await StateArchive.CreateAsync(lab.Session, null, overwrite: false, default);
        await lab.DeployAsync(Sample.Deckies(1));

        await StateRestoration.RestoreAsync(lab.Session, backup, database: true, otherHost: false, lab.Outlet, default);

        Assert.Empty(lab.Outlet.Warnings);
        Assert.Equal(2, (await (await lab.OpenAsync()).Store.ListDeckiesAsync()).Count);
    }

    [Fact]
    public async Task What_cannot_be_restored_or_made_is_told_by_id()
    {
        await FaultAsync("FleetFileMissing", FaultCategory.ObjectNotFound, () => StateArchive.CreateAsync(lab.Session, null, overwrite: false, default));
        Assert.False(Directory.Exists(lab.StateDirectory));
        await FaultAsync("GenerationNotFound", FaultCategory.ObjectNotFound, () => StateRestoration.FindAsync(lab.Session, 7, default));

        await lab.DeployAsync(Sample.Deckies(1));
        var file = lab.File("one.zip");
        await StateArchive.CreateAsync(lab.Session, file, overwrite: false, default);
        await FaultAsync("BackupExists", FaultCategory.ResourceExists, () => StateArchive.CreateAsync(lab.Session, file, overwrite: false, default));
        await StateArchive.CreateAsync(lab.Session, file, overwrite: true, default);
        await FaultAsync("BackupPathInvalid", FaultCategory.InvalidArgument, () => StateArchive.CreateAsync(lab.Session, lab.File("one.tar"), overwrite: false, default));
        await FaultAsync("GenerationIsCurrent", FaultCategory.InvalidOperation, () => StateRestoration.FindAsync(lab.Session, 1, default));
        await FaultAsync("GenerationNotFound", FaultCategory.ObjectNotFound, () => StateRestoration.FindAsync(lab.Session, 7, default));
        await FaultAsync("BackupNotFound", FaultCategory.ObjectNotFound, () => StateRestoration.FindAsync(lab.Session, lab.File("none.zip"), default));
        await File.WriteAllTextAsync(lab.File("bad.zip"), "not a zip");
        await FaultAsync("BackupInvalid", FaultCategory.InvalidData, () => StateRestoration.FindAsync(lab.Session, lab.File("bad.zip"), default));
        await FaultAsync("PathNotFound", FaultCategory.ObjectNotFound, () => StateArchive.ListAsync(lab.Session, lab.File("nowhere"), lab.Outlet, default));
    }

    static async Task FaultAsync(string id, FaultCategory category, Func<Task> work)
    {
        var error = await Assert.ThrowsAsync<FaultException>(work);
        Assert.Equal((id, category), (error.Fault.Id, error.Fault.Category));
    }
}
