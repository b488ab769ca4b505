namespace Decnet.PowerShell.Commands;

using System.Management.Automation;
using Decnet.Shell.Output;
using Decnet.Shell.Sessions;

/// <summary>Chooses the state folder, the host and the container runtime that the cmdlets work on.</summary>
/// <remarks>
/// <para>Without it, the cmdlets take the defaults: the folder of DECNET_STATE_DIR, else /var/lib/decnet when it can be written, else
/// the user's data folder; the engine of DOCKER_HOST or of the docker context; the host of DECNET_HOST_ID, else local.</para>
/// <para>The choice holds for the whole process, in all its runspaces, until Disconnect-Decnet or the next Connect-Decnet. Nothing is
/// asked of the engine yet.</para>
/// </remarks>
/// <example>
/// <code>Connect-Decnet -StateDirectory ./lab -Runtime Memory</code>
/// <para>Works on a folder of its own, with simulated containers: a rehearsal that needs no engine and no privileges.</para>
/// </example>
/// <example>
/// <code>Connect-Decnet -DockerHost unix:///run/docker.sock -HostId edge-01</code>
/// <para>Works on the default folder, with the engine behind that socket, as the host edge-01.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "Decnet")]
[OutputType(typeof(DecnetContext))]
public sealed class ConnectDecnetCommand : DecnetCommand
{
    /// <summary>The folder with the fleet file and the database. It is made when something is first written.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("StateDir")]
    public string? StateDirectory { get; set; }

    /// <summary>The address of the engine, such as unix:///run/docker.sock or tcp://10.0.0.5:2376.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DockerHost { get; set; }

    /// <summary>The host whose deckies are worked on: 1 to 63 letters, digits, hyphens and underscores.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostId { get; set; }

    /// <summary>
    /// The Compose project of the fleet, so that several fleets share an engine: 1 to 63 lower-case letters, digits, hyphens and underscores.
    /// Containers of another project than decnet are named after it, such as lab-web-01.
    /// </summary>
    /// <value>DECNET_PROJECT, else decnet</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Where containers run: Docker, or Memory for simulated ones in this process.</summary>
    /// <value>Docker</value>
    [Parameter]
    [ValidateSet("Docker", "Memory")]
    public string Runtime { get; set; } = "Docker";

    /// <summary>Connects.</summary>
    protected override void EndProcessing()
    {
        var options = new SessionOptions
        {
            StateDirectory = StateDirectory is null ? null : PathOf(StateDirectory),
            DockerHost = DockerHost,
            HostId = HostId,
            Project = Project,
            Runtime = Enum.Parse<RuntimeKind>(Runtime, ignoreCase: true),
        };
        WriteObject(Await(async _ =>
        {
            var session = await DecnetSession.ConnectAsync(options).ConfigureAwait(false);
            return await session.DescribeAsync().ConfigureAwait(false);
        }));
    }
}
