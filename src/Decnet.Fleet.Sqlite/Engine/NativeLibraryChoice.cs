namespace Decnet.Fleet.Sqlite.Engine;

using System.Reflection;
using System.Runtime.InteropServices;

/// <summary>Makes the provider's imports go to the system's SQLite when that is fit and newer than the bundled one.</summary>
internal static class NativeLibraryChoice
{
    const string BundledName = "e_sqlite3";

    /// <summary>Chooses, and registers the choice for an assembly with imports of <c>e_sqlite3</c>.</summary>
    /// <param name="provider">The assembly.</param>
    /// <returns>Which library the assembly's imports go to.</returns>
    internal static EngineOrigin Install(Assembly provider)
    {
        var system = LoadNewerSystemLibrary(provider);
        if (system == 0)
        {
            return EngineOrigin.Bundled;
        }

        try
        {
            NativeLibrary.SetDllImportResolver(provider, (name, _, _) => name == BundledName ? system : 0);
            return EngineOrigin.System;
        }
        catch (InvalidOperationException)
        {
            // There can be one resolver for an assembly only, and another module was first: its choice holds.
            NativeLibrary.Free(system);
            return EngineOrigin.Host;
        }
    }

    static nint LoadNewerSystemLibrary(Assembly provider)
    {
        foreach (var name in SystemNames())
        {
            if (!NativeLibrary.TryLoad(name, out var library))
            {
                continue;
            }

            if (NativeLibraryProbe.IsFit(library) && NativeLibraryProbe.Version(library) > BundledVersion(provider))
            {
                return library;
            }

            NativeLibrary.Free(library);
        }

        return 0;
    }

    static string[] SystemNames() =>
        OperatingSystem.IsLinux() ? ["libsqlite3.so.0"]
        : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"]
        : [];

    /// <summary>The version of the bundled library; 0 when there is none for this platform, so that any other is newer.</summary>
    static int BundledVersion(Assembly provider)
    {
        if (!NativeLibrary.TryLoad(BundledName, provider, searchPath: null, out var library))
        {
            return 0;
        }

        var version = NativeLibraryProbe.Version(library);
        NativeLibrary.Free(library);
        return version;
    }
}
