namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Hosts;
using Decnet.Shell.Output;

/// <summary>Invites a host to the fleet: makes a token that works once, and the command line for the host.</summary>
/// <remarks>
/// <para>The host makes its own key, which never leaves it. It knows the master by the fingerprint of the fleet's authority, and the master
/// knows it by the token. The token is shown this once, and kept nowhere; a new invitation of the same name makes the former one void. While a
/// host enrols, decnetd master has to run on this machine.</para>
/// <para>The first invitation makes this machine a master: an authority is made in the folder pki of the state folder, with the key that signs
/// the certificates of all hosts. Keep that folder to yourself, and a copy of it in a safe place.</para>
/// <para>A name that a host has is an error with the id HostNameTaken.</para>
/// </remarks>
/// <example>
/// <code>(New-DecnetEnrollment -Name rack1-host).Command</code>
/// <para>Shows the command line to run on the host within an hour.</para>
/// </example>
/// <example>
/// <code>New-DecnetEnrollment rack1-host -ExpiresIn 00:10:00 -Master master.example:9771</code>
/// <para>Invites a host for ten minutes, which reaches the master by that name and port.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DecnetEnrollment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Enrollment))]
public sealed class NewDecnetEnrollmentCommand : DecnetCommand
{
    /// <summary>The name that the host gets: a DNS label of lower-case letters, digits and hyphens.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>How long the token is good, at most seven days.</summary>
    /// <value>One hour</value>
    [Parameter]
    public TimeSpan? ExpiresIn { get; set; }

    /// <summary>Where the host reaches the master: HOST or HOST:PORT, with the port for enrolments.</summary>
    /// <value>The address of this machine, and port 8771</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Master { get; set; }

    /// <summary>Invites.</summary>
    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Invite"))
            {
                DrainItem(name, async (outlet, token) => outlet.Write(await Enrolling.InviteAsync(Session, name, ExpiresIn, Master, token).ConfigureAwait(false)));
            }
        }
    }
}
