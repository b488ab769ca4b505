namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Support;

/// <summary>Writes a zip file with what somebody needs who is to find out what is wrong, with secrets hidden.</summary>
/// <remarks>
/// <para>In it are the fleet file, rows, the last 1,000 operations and 5,000 events, workers, hosts, suspensions, status, the plan of a
/// repairing pass, the containers, versions, and a listing of the state folder, each as a JSON file. A part that cannot be had, be it because
/// the engine cannot be reached, is named in errors.txt, and the others are there all the same. Nothing is changed.</para>
/// <para>Secret settings of services are replaced by [redacted], and so are settings that the catalog does not know, environment and command of
/// services that the fleet brings itself, and the values of secrets with 4 characters or more wherever else they turn up, as in the error of
/// an operation. Hashes of configurations are left out. Names, addresses and settings that are no secrets are in it: look at it before you
/// give it away.</para>
/// <para>Errors: SupportBundleExists, when the file is there and -Force is not given.</para>
/// </remarks>
/// <example>
/// <code>Export-DecnetSupportBundle</code>
/// <para>Writes decnet-support-HOST-TIME.zip in the present location.</para>
/// </example>
/// <example>
/// <code>Export-DecnetSupportBundle -Path /tmp/support.zip -Force</code>
/// <para>Writes a file of this name, and replaces one that is there.</para>
/// </example>
[Cmdlet(VerbsData.Export, "DecnetSupportBundle", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class ExportDecnetSupportBundleCommand : DecnetCommand
{
    /// <summary>A folder that is there, or the path of the file.</summary>
    /// <value>the present location</value>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the bundle.</summary>
    protected override void EndProcessing()
    {
        var path = SupportBundle.PathOf(Session, PathOf(Path));
        if (ShouldProcess(path, "Write a support bundle"))
        {
            Await(token => SupportBundle.WriteAsync(Session, path, Force, token));
            WriteObject(new FileInfo(path));
        }
    }
}
