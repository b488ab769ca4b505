namespace Decnet.Fleet.Sqlite.Tests.Engine;

using System.Runtime.InteropServices;
using Decnet.Fleet.Sqlite.Engine;
using Decnet.Testing;

public sealed class SqliteEngineTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_bundled_engine_can_be_asked_for()
    {
        var engine = await ChildProcess.RunAsync("engine", folder.File("decnet.db"), "bundled");

        Assert.EndsWith("(bundled library)", engine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newer_of_the_systems_engine_and_the_bundled_one_is_taken()
    {
        var bundled = VersionIn(await ChildProcess.RunAsync("engine", folder.File("decnet.db"), "bundled"));
        var chosen = await ChildProcess.RunAsync("engine", folder.File("decnet.db"), "default");

        var system = SystemVersion();
        var expected = system > bundled ? $"SQLite {system} (system library)" : $"SQLite {bundled} (bundled library)";
        Assert.Equal(expected, chosen);
    }

    [Fact]
    public void A_resolver_that_somebody_else_has_set_is_left_alone()
    {
        var assembly = typeof(SqliteEngineTests).Assembly;
        NativeLibrary.SetDllImportResolver(assembly, (_, _, _) => 0);

        var origin = NativeLibraryChoice.Install(assembly);

        Assert.NotEqual(EngineOrigin.System, origin);
    }

    [Fact]
    public void The_description_names_version_and_origin() =>
        Assert.Matches(@"^SQLite 3\.\d+\.\d+ \((system library|bundled library)\)$", SqliteEngine.Description);

    public void Dispose() => folder.Dispose();

    static Version VersionIn(string engine) => Version.Parse(engine.Split(' ')[1]);

    static Version SystemVersion()
    {
        if (!NativeLibrary.TryLoad("libsqlite3.so.0", out var library) || !NativeLibraryProbe.IsFit(library))
        {
            return new Version(0, 0);
        }

        var number = NativeLibraryProbe.Version(library);
        return new Version(number / 1_000_000, number / 1000 % 1000, number % 1000);
    }
}
