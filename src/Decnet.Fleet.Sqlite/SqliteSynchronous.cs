namespace Decnet.Fleet.Sqlite;

/// <summary>How far a commit waits for the disk (SQLite, <c>PRAGMA synchronous</c>, with a write-ahead log).</summary>
public enum SqliteSynchronous
{
    /// <summary>A commit is on the disk when it returns: a power cut loses nothing that was confirmed.</summary>
    Full,

    /// <summary>A power cut may undo the last commits, and never damages the file. Commits are two to three times as fast.</summary>
    Normal,
}
