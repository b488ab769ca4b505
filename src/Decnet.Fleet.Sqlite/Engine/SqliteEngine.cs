namespace Decnet.Fleet.Sqlite.Engine;

using SQLitePCL;

/// <summary>Loads the native SQLite library once for the process, and tells which one it is.</summary>
internal static class SqliteEngine
{
    internal const string UseBundledSwitch = "Decnet.Fleet.Sqlite.UseBundledEngine";

    static readonly Lazy<EngineOrigin> Loaded = new(Load);

    internal static EngineOrigin Origin => Loaded.Value;

    internal static string Version
    {
        get
        {
            _ = Loaded.Value;
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    internal static string Description
    {
        get
        {
            var origin = Origin switch
            {
                EngineOrigin.System => "system library",
                EngineOrigin.Bundled => "bundled library",
                _ => "library chosen by the host program",
            };
            return $"SQLite {Version} ({origin})";
        }
    }

    static EngineOrigin Load()
    {
        // Functions that are already bound stay bound, and two copies of SQLite in one process do not see each other's
        // file locks. So an engine that somebody else has started is taken as it is.
        if (IsStarted())
        {
            return EngineOrigin.Host;
        }

        var forced = AppContext.TryGetSwitch(UseBundledSwitch, out var bundled) && bundled;
        var origin = forced ? EngineOrigin.Bundled : NativeLibraryChoice.Install(typeof(SQLite3Provider_e_sqlite3).Assembly);
        Batteries_V2.Init();
        return origin;
    }

    static bool IsStarted()
    {
        try
        {
            return raw.GetNativeLibraryName() is not null;
        }
#pragma warning disable CA1031 // The provider throws the base class when none is set.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
