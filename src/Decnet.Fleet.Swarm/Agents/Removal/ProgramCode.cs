namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Diagnostics.CodeAnalysis;
using System.Reflection;

/// <summary>The code of this program. What is not loaded when its file is removed cannot be loaded later.</summary>
internal static class ProgramCode
{
    /// <summary>Loads an assembly with all that it refers to, at any depth.</summary>
    internal static void Load(Assembly root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Assembly>([root]);
        while (open.TryPop(out var assembly))
        {
            foreach (var name in References(assembly).Where(name => seen.Add(name.FullName)))
            {
                if (TryLoad(name) is { } found)
                {
                    open.Push(found);
                }
            }
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What was trimmed away is not needed, and so need not be loaded.")]
    static AssemblyName[] References(Assembly assembly) => assembly.GetReferencedAssemblies();

    static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            // It was trimmed away, or is for another system.
            return null;
        }
    }
}
