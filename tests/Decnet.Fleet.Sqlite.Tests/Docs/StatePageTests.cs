namespace Decnet.Fleet.Sqlite.Tests.Docs;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Decnet.Fleet.Sqlite.Backups;
using Decnet.Fleet.State;
using Decnet.Testing;

public sealed class StatePageTests
{
    const string Mark = "// <page>\n";

    [Fact]
    public async Task The_program_of_the_page_works()
    {
        using var temporary = new TemporaryFolder();
        var state = new StateFolder(temporary.File("state"));
        var folder = temporary.Path;
        await new FleetFile(state.FleetFile).SaveAsync(new FleetBuilder().Build(new FleetRequest
        {
            Count = 1,
            Subnet = IPNetwork.Parse("10.0.0.0/24"),
            Gateway = IPAddress.Parse("10.0.0.1"),
            Services = ["ssh"],
        }));
        await (await SqliteStateStore.OpenAsync(state.Database)).DisposeAsync();

        // <page>
        var backups = new StateBackups(state, HostId.Local);
        var made = await backups.CreateAsync(folder);
        var newest = (await backups.ListAsync(folder)).Backups[0];
        var restored = await backups.RestoreAsync(newest.Path, new StateRestoreOptions { Database = true });
        // </page>

        Assert.Equal(made, newest);
        Assert.Equal((2, true), (restored.State.Generation, restored.DatabaseRestored));
    }

    [Fact]
    public void The_page_shows_that_program()
    {
        var source = File.ReadAllText(SourceTree.File("tests/Decnet.Fleet.Sqlite.Tests/Docs/StatePageTests.cs"));
        var shown = source.Split("        " + Mark)[1].Split("        // </page>")[0].Replace("        ", "", StringComparison.Ordinal);
        Assert.Contains($"```csharp\n{shown}```\n", File.ReadAllText(SourceTree.File("docs/state.md")), StringComparison.Ordinal);
    }
}
