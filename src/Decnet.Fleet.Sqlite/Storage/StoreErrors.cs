namespace Decnet.Fleet.Sqlite.Storage;

using Decnet.Fleet.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

/// <summary>Turns what the engine and the file system report into errors that say what to do.</summary>
internal static class StoreErrors
{
    const int NoSpaceLeft = 28;
    const int DiskQuotaExceeded = 122;
    const int ReadOnlyFileSystem = 30;

    internal static bool CanTranslate(Exception error) =>
        error is SqliteException or UnauthorizedAccessException or IOException or FormatException or InvalidCastException;

    internal static StateStoreException Translate(Exception error, string path) =>
        error switch
        {
            SqliteException sqlite => FromEngine(sqlite, path),
            UnauthorizedAccessException => ReadOnly(path, error),
            IOException { HResult: ReadOnlyFileSystem } => ReadOnly(path, error),
            IOException { HResult: NoSpaceLeft or DiskQuotaExceeded } => Full(path, error),
            FormatException or InvalidCastException => Corrupt(path, error.Message, error),
            _ => Other(path, error),
        };

    internal static StateStoreException Closed(string path) =>
        new(StateStoreError.Closed, $"The store {path} is closed. Open it again to use it.");

    internal static StateStoreException Locked(string path, TimeSpan waited, Exception? cause = null) =>
        new(
            StateStoreError.Locked,
            $"Other processes kept the store {path} locked for {waited.TotalSeconds:0.#} s; nothing was changed. Try again, or close "
            + "programs that hold it open for long, such as a database browser or a backup tool; BusyTimeout sets the longest wait.",
            cause);

    internal static StateStoreException ReadOnly(string path, Exception? cause = null) =>
        new(
            StateStoreError.ReadOnly,
            $"The store {path} cannot be written: the file or its folder is read-only for this user. Grant write permission on both "
            + "(the engine keeps two more files beside it), or run as the user who owns them.",
            cause);

    internal static StateStoreException OpenedReadOnly(string path) =>
        new(StateStoreError.ReadOnly, $"The store {path} was opened for reading alone; nothing was changed. Open it without ReadOnly to change it.");

    internal static StateStoreException Missing(string path) =>
        new(StateStoreError.Missing, $"There is no store {path}. Check the path, or open it for writing once, which makes it.");

    internal static StateStoreException OlderVersion(string path, int found, int known) =>
        new(
            StateStoreError.Other,
            $"The store {path} has schema version {found}, and this Decnet reads {known}. Open it for writing once, which brings it forward.");

    internal static StateStoreException NewerVersion(string path, long found, int known) =>
        new(
            StateStoreError.NewerVersion,
            $"The store {path} has schema version {found}, made by a newer Decnet; this one knows up to {known}. Nothing was changed. "
            + "Update Decnet, or use another file.");

    internal static StateStoreException NotADatabase(string path, string what, Exception? cause = null) =>
        new(
            StateStoreError.NotADatabase,
            $"{path} is {what}, not a store of Decnet. Nothing was changed. Check the path, or move the file away to let Decnet make a new one.",
            cause);

    internal static StateStoreException Corrupt(string path, string details, Exception? cause = null) =>
        new(
            StateStoreError.Corrupt,
            $"The store {path} is damaged: {details}. Stop the processes that use it and move it away together with its -wal and -shm files, "
            + "then restore a backup, or let Decnet make a new one: the next pass fills it from the fleet file and the containers.",
            cause);

    static StateStoreException Full(string path, Exception cause) =>
        new(StateStoreError.Full, $"There is no room left for the store {path}; nothing was changed. Free space on its file system and try again.", cause);

    static StateStoreException Other(string path, Exception cause) =>
        new(StateStoreError.Other, $"The store {path} failed, and nothing was changed: {cause.Message}", cause);

    static StateStoreException FromEngine(SqliteException error, string path) =>
        error.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                new(StateStoreError.Locked, $"Other processes keep the store {path} locked; nothing was changed. Try again.", error),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => ReadOnly(path, error),
            raw.SQLITE_CORRUPT => Corrupt(path, error.Message, error),
            raw.SQLITE_NOTADB => NotADatabase(path, "some other kind of file", error),
            raw.SQLITE_FULL => Full(path, error),
            _ => Other(path, error),
        };
}
