namespace Decnet.Fleet.Sqlite.Tests.Backups;

using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Backups;
using Decnet.Fleet.State;
using Decnet.Testing;
using static Decnet.Testing.Contracts.StoreRows;

/// <summary>Archives that are not as a backup was made: each is refused before anything changes.</summary>
public sealed class ForeignArchiveTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    readonly StateFolder state;
    readonly StateBackups backups;

    public ForeignArchiveTests()
    {
        state = new StateFolder(folder.File("state"));
        backups = new StateBackups(state, HostId.Local);
    }

    string Archive => folder.File("backup.zip");

    public async ValueTask InitializeAsync()
    {
        await new FleetFile(state.FleetFile).SaveAsync(new FleetBuilder().Build(new FleetRequest
        {
            Count = 2,
            Subnet = IPNetwork.Parse("10.0.0.0/24"),
            Gateway = IPAddress.Parse("10.0.0.1"),
            Services = ["ssh"],
        }));
        await using (var store = await SqliteStateStore.OpenAsync(state.Database))
        {
            await store.CommitAsync([Announce("first")], Start);
        }

        await backups.CreateAsync(Archive);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task A_file_that_is_not_there() => Refused(StateBackupProblem.NotFound, () => File.Delete(Archive));

    [Fact]
    public Task A_file_that_is_no_archive() => Refused(StateBackupProblem.NotABackup, () => File.WriteAllText(Archive, "no zip"));

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(4_000)]
    public Task An_archive_without_its_end(int missing) => Refused(StateBackupProblem.NotABackup, () =>
    {
        using var stream = File.OpenWrite(Archive);
        stream.SetLength(Math.Max(1, stream.Length - missing));
    });

    [Fact]
    public Task An_archive_of_something_else() => Refused(StateBackupProblem.NotABackup, () =>
    {
        File.Delete(Archive);
        Change(zip => Add(zip, "word/document.xml", "<x/>"));
    });

    [Theory]
    [InlineData("../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\evil")]
    [InlineData("db/../decnet-state.json")]
    [InlineData("decnet-state.json")]
    [InlineData("db/")]
    public Task An_entry_that_no_backup_has(string name) => Refused(StateBackupProblem.NotABackup, () => Change(zip => Add(zip, name, "evil")));

    [Fact]
    public Task A_missing_manifest() => Refused(StateBackupProblem.NotABackup, () => Change(zip => zip.GetEntry("manifest.json")!.Delete()));

    [Theory]
    [InlineData("decnet-state.json")]
    [InlineData("db/decnet.db")]
    public Task A_missing_part(string name) => Refused(StateBackupProblem.Damaged, () => Change(zip => zip.GetEntry(name)!.Delete()));

    [Theory]
    [InlineData("decnet-state.json")]
    [InlineData("db/decnet.db")]
    public Task A_part_with_one_byte_more(string name) => Refused(StateBackupProblem.Damaged, () => Change(zip =>
    {
        using var stream = zip.GetEntry(name)!.Open();
        stream.Seek(0, SeekOrigin.End);
        stream.WriteByte((byte)'\n');
    }));

    [Theory]
    [InlineData("decnet-state.json")]
    [InlineData("db/decnet.db")]
    public Task A_part_with_another_byte(string name) => Refused(StateBackupProblem.Damaged, () => Change(zip =>
    {
        using var stream = zip.GetEntry(name)!.Open();
        stream.Seek(30, SeekOrigin.Begin);
        stream.WriteByte(0xff);
    }));

    [Fact]
    public Task A_fleet_that_is_not_the_one_of_the_manifest() => Refused(
        StateBackupProblem.Damaged, () => ChangeManifest(manifest => manifest["generation"] = 7));

    [Theory]
    [InlineData("decnet.backup/2", StateBackupProblem.NewerVersion)]
    [InlineData("decnet.backup/0", StateBackupProblem.NotABackup)]
    [InlineData("other/1", StateBackupProblem.NotABackup)]
    public Task Another_format(string format, StateBackupProblem problem) => Refused(problem, () => ChangeManifest(manifest => manifest["format"] = format));

    [Fact]
    public Task A_manifest_that_lacks_something() => Refused(StateBackupProblem.Damaged, () => ChangeManifest(manifest => manifest.Remove("checksum")));

    [Fact]
    public Task A_manifest_with_a_hole() => Refused(StateBackupProblem.Damaged, () => ChangeManifest(manifest => manifest["files"]!["decnet-state.json"] = null));

    [Fact]
    public Task A_fleet_that_claims_to_be_larger_than_one_can_be() => Refused(
        StateBackupProblem.Damaged, () => ChangeManifest(manifest => manifest["files"]!["decnet-state.json"]!["bytes"] = 1L << 40));

    [Fact]
    public Task A_manifest_that_is_no_JSON() => Refused(StateBackupProblem.Damaged, () => Change(zip => Replace(zip, "manifest.json", "{")));

    [Theory]
    [InlineData("PRAGMA user_version = 99", StateBackupProblem.NewerVersion)]
    [InlineData("PRAGMA application_id = 1", StateBackupProblem.Damaged)]
    public async Task A_database_that_this_version_cannot_use(string sql, StateBackupProblem problem)
    {
        // Made with the right digest: only opening the database tells.
        var database = folder.File("other.db");
        Change(zip => zip.GetEntry("db/decnet.db")!.ExtractToFile(database));
        RawDatabase.Run(database, sql);
        var bytes = File.ReadAllBytes(database);
        Change(zip =>
        {
            zip.GetEntry("db/decnet.db")!.Delete();
            using var stream = zip.CreateEntry("db/decnet.db").Open();
            stream.Write(bytes);
        });
        ChangeManifest(manifest => manifest["files"]!["db/decnet.db"] = new JsonObject
        {
            ["bytes"] = bytes.Length,
            ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
        });
        await AssertRefusedAsync(problem, new() { Database = true });
    }

    Task Refused(StateBackupProblem problem, Action spoil)
    {
        spoil();
        return AssertRefusedAsync(problem, null);
    }

    async Task AssertRefusedAsync(StateBackupProblem problem, StateRestoreOptions? options)
    {
        var before = Snapshot();
        var error = await Assert.ThrowsAsync<StateBackupException>(() => backups.RestoreAsync(Archive, options));
        Assert.Equal((problem, Archive), (error.Problem, error.Path));
        Assert.Equal(before, Snapshot());
    }

    List<string> Snapshot() => [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order().Select(path => $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O}")];

    void Change(Action<ZipArchive> change)
    {
        using var zip = ZipFile.Open(Archive, ZipArchiveMode.Update);
        change(zip);
    }

    void ChangeManifest(Action<JsonObject> change) => Change(zip =>
    {
        JsonObject manifest;
        using (var stream = zip.GetEntry("manifest.json")!.Open())
        {
            manifest = (JsonObject)JsonNode.Parse(stream)!;
        }

        change(manifest);
        Replace(zip, "manifest.json", manifest.ToJsonString());
    });

    static void Replace(ZipArchive zip, string name, string text)
    {
        zip.GetEntry(name)!.Delete();
        Add(zip, name, text);
    }

    static void Add(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
