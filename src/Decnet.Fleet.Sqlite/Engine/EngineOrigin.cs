namespace Decnet.Fleet.Sqlite.Engine;

/// <summary>Where the native SQLite library comes from.</summary>
internal enum EngineOrigin
{
    /// <summary>It comes with the package.</summary>
    Bundled,

    /// <summary>The operating system has it.</summary>
    System,

    /// <summary>The program had chosen one before the first store was opened.</summary>
    Host,
}
