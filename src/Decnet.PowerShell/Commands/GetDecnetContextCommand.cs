namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Output;

/// <summary>Tells what the cmdlets work on.</summary>
/// <remarks>
/// <para>Nothing is created and nothing is asked of the engine. Connected is false when nobody has called Connect-Decnet; the defaults
/// are shown then. With simulated containers, the property Containers breaks them, for tests.</para>
/// </remarks>
/// <example>
/// <code>Get-DecnetContext</code>
/// <para>Shows the folder, the host and the engine.</para>
/// </example>
/// <example>
/// <code>(Get-DecnetContext).Containers.Kill('web-01-http')</code>
/// <para>Lets a simulated container die, to see what the module makes of it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DecnetContext")]
[OutputType(typeof(DecnetContext))]
public sealed class GetDecnetContextCommand : DecnetCommand
{
    /// <summary>Tells.</summary>
    protected override void EndProcessing() => WriteObject(Await(_ => Session.DescribeAsync()));
}
