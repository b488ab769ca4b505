namespace Decnet.Fleet.Sqlite.Engine;

using System.Runtime.InteropServices;

/// <summary>Asks a native SQLite library for its version and for what it was compiled with.</summary>
internal static class NativeLibraryProbe
{
    /// <summary>The version from which the JSON functions are there unless they were left out on purpose: 3.38.0.</summary>
    const int JsonByDefault = 3_038_000;

    static readonly string[] NeededFunctions =
    [
        "sqlite3_open_v2", "sqlite3_close_v2", "sqlite3_prepare_v2", "sqlite3_step", "sqlite3_exec", "sqlite3_changes",
        "sqlite3_total_changes", "sqlite3_last_insert_rowid", "sqlite3_bind_parameter_index", "sqlite3_stmt_readonly",
        "sqlite3_db_readonly", "sqlite3_interrupt", "sqlite3_extended_errcode", "sqlite3_threadsafe",
    ];

    delegate int NumberFunction();

    delegate int OptionFunction([MarshalAs(UnmanagedType.LPUTF8Str)] string option);

    /// <summary>The version as a number: 3,040,001 for 3.40.1; 0 for a library that does not tell.</summary>
    internal static int Version(nint library) => Call(library, "sqlite3_libversion_number");

    /// <summary>Whether a library has what the store needs: threads, a write-ahead log and the JSON functions.</summary>
    internal static bool IsFit(nint library)
    {
        if (!Array.TrueForAll(NeededFunctions, name => NativeLibrary.TryGetExport(library, name, out _))
            || !NativeLibrary.TryGetExport(library, "sqlite3_compileoption_used", out var address))
        {
            return false;
        }

        var option = Marshal.GetDelegateForFunctionPointer<OptionFunction>(address);
        var hasJson = Version(library) >= JsonByDefault ? option("OMIT_JSON") == 0 : option("ENABLE_JSON1") != 0;
        return hasJson && option("OMIT_WAL") == 0 && Call(library, "sqlite3_threadsafe") != 0;
    }

    static int Call(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address)
            ? Marshal.GetDelegateForFunctionPointer<NumberFunction>(address)()
            : 0;
}
