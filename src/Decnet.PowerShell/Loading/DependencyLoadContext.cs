namespace Decnet.PowerShell.Loading;

using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

/// <summary>
/// Holds everything that the cmdlets stand on, in exactly the versions that the module brings: other modules may load other
/// versions of the same assemblies, before or after, and neither notices.
/// </summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    const string Entrance = "Decnet.Shell";

    static readonly DependencyLoadContext Instance = new(Path.Combine(Path.GetDirectoryName(typeof(DependencyLoadContext).Assembly.Location)!, "dependencies"));

    readonly string folder;

    DependencyLoadContext(string folder) : base("Decnet") => this.folder = folder;

    /// <summary>Answers the default context, which knows where to find what this one begins with, and nothing else.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Entrance ? Instance.LoadFromAssemblyName(name) : null;

    /// <summary>The folder of the native libraries for a system, below the dependencies.</summary>
    internal static string NativeFolder(string runtimeIdentifier, Architecture architecture)
    {
        var system = runtimeIdentifier.StartsWith("linux-musl", StringComparison.Ordinal) ? "linux-musl"
            : OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux";
        return Path.Combine("runtimes", $"{system}-{architecture.ToString().ToLowerInvariant()}", "native");
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var file = OperatingSystem.IsWindows() ? $"{unmanagedDllName}.dll"
            : OperatingSystem.IsMacOS() ? $"lib{unmanagedDllName}.dylib"
            : $"lib{unmanagedDllName}.so";
        var path = Path.Combine(folder, NativeFolder(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture), file);
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : nint.Zero;
    }
}
