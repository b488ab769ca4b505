namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>The folder that holds everything Decnet keeps on disk (DESIGN section 7).</summary>
public sealed record StateFolder
{
    /// <summary>The environment variable that names the folder: <c>DECNET_STATE_DIR</c>.</summary>
    public const string EnvironmentVariable = "DECNET_STATE_DIR";

    /// <summary>The folder of a machine-wide installation: <c>/var/lib/decnet</c>.</summary>
    public const string SystemFolder = "/var/lib/decnet";

    internal const string FleetFileName = "decnet-state.json";

    /// <summary>Names a folder. It need not exist.</summary>
    /// <param name="path">The path; a relative one is taken from the working directory.</param>
    public StateFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>The desired state: <c>decnet-state.json</c>.</summary>
    public string FleetFile => In(FleetFileName);

    /// <summary>The lock of the desired state's writers: <c>decnet.lock</c>.</summary>
    public string Lock => In("decnet.lock");

    /// <summary>The lock of those who change containers: <c>work.lock</c>.</summary>
    public string WorkLock => In("work.lock");

    /// <summary>The store of rows and events: <c>db/decnet.db</c>, in a folder of its own, so that a mirror needs to write that one alone.</summary>
    public string Database => System.IO.Path.Combine(Path, "db", "decnet.db");

    /// <summary>
    /// Finds the folder: <c>DECNET_STATE_DIR</c>; else <c>/var/lib/decnet</c> when it exists and this process may write it;
    /// else the user's data folder, which is <c>$XDG_DATA_HOME/decnet</c> or <c>~/.local/share/decnet</c>, and
    /// <c>%LOCALAPPDATA%\Decnet</c> on Windows. Nothing is created. Neither the place of the program nor the working
    /// directory plays a part, except for a relative <c>DECNET_STATE_DIR</c>.
    /// </summary>
    /// <param name="environment">Reads an environment variable; null or blank when it is not set.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="DecnetException">No variable tells where the user's data are.</exception>
    public static StateFolder Resolve(Func<string, string?> environment) =>
        Resolve(environment, DurableFilesNative.CanWriteFolder, OperatingSystem.IsWindows());

    internal static StateFolder Resolve(Func<string, string?> environment, Func<string, bool> canWrite, bool windows)
    {
        if (Read(EnvironmentVariable) is { } chosen)
        {
            return new StateFolder(chosen);
        }

        if (windows)
        {
            return User(Read("LOCALAPPDATA"), "LOCALAPPDATA", "Decnet");
        }

        if (canWrite(SystemFolder))
        {
            return new StateFolder(SystemFolder);
        }

        // The XDG base directory specification tells to ignore relative paths.
        return Read("XDG_DATA_HOME") is { } data && System.IO.Path.IsPathRooted(data)
            ? User(data, "XDG_DATA_HOME", "decnet")
            : User(Read("HOME"), "HOME", System.IO.Path.Combine(".local", "share", "decnet"));

        string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
    }

    static StateFolder User(string? root, string variable, string below) =>
        root is not null
            ? new StateFolder(System.IO.Path.Combine(root, below))
            : throw new DecnetException($"There is no state folder: neither {EnvironmentVariable} nor {variable} is set. Set {EnvironmentVariable}.");

    string In(string name) => System.IO.Path.Combine(Path, name);
}
