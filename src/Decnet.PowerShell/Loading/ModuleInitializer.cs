namespace Decnet.PowerShell.Loading;

using System.Management.Automation;
using System.Runtime.Loader;
using Decnet.Shell.Sessions;

/// <summary>
/// Makes the dependencies findable while the module is imported, and closes the session when it is removed. PowerShell looks at the
/// public types of this assembly before it calls this one, so none of them may derive from a type of the dependencies, be it as an
/// argument of a generic one, or have a field that is a value type of theirs.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    static readonly Lock Gate = new();
    static int imports;

    /// <summary>Called by PowerShell when the module is imported, in each runspace.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (imports++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += DependencyLoadContext.Resolve;
            }
        }
    }

    /// <summary>Called by PowerShell when the module is removed. The last one closes the session: work under way is cancelled.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            if (--imports > 0)
            {
                return;
            }

            Task.Run(DecnetSession.DisconnectAsync).GetAwaiter().GetResult();
            AssemblyLoadContext.Default.Resolving -= DependencyLoadContext.Resolve;
        }
    }
}
