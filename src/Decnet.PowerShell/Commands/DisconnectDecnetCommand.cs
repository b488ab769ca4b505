namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Sessions;

/// <summary>Closes what the cmdlets work on, and goes back to the defaults.</summary>
/// <remarks>
/// <para>Work that goes on in the background, such as after Deploy-DecnetFleet -NoWait, is cancelled and waited for: its operations end
/// as failed, and the next deployment goes on from there. Simulated containers are gone.</para>
/// </remarks>
/// <example>
/// <code>Disconnect-Decnet</code>
/// <para>The next cmdlet works on the defaults.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "Decnet")]
[OutputType(typeof(void))]
public sealed class DisconnectDecnetCommand : DecnetCommand
{
    /// <summary>Disconnects.</summary>
    protected override void EndProcessing() => Await(_ => DecnetSession.DisconnectAsync());
}
