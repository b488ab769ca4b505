namespace Decnet.Fleet.Docker;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Creation;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Model;

/// <summary>How the runtime reaches the engine, and how it makes containers.</summary>
public sealed record DockerRuntimeOptions
{
    /// <summary>Where the engine is; null to find it as the docker command does, by <c>DOCKER_HOST</c>, contexts and the platform's default.</summary>
    /// <value>Default: null.</value>
    public DockerEndpoint? Endpoint { get; init; }

    /// <summary>The host that containers are labelled with.</summary>
    /// <value>Default: <c>local</c>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>
    /// The Compose project of the fleet: 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter or digit.
    /// Fleets with different projects share an engine without seeing each other. The containers of another project than the default are
    /// called <c>PROJECT-NAME</c>, and its network <c>PROJECT_lan</c>; the library names both as ever.
    /// </summary>
    /// <value>Default: <see cref="DecnetLabels.Project"/>.</value>
    public string Project { get; init; } = DecnetLabels.Project;

    /// <summary>How long requests may take.</summary>
    /// <value>Default: those of <see cref="EngineTimeouts"/>.</value>
    public EngineTimeouts Timeouts { get; init; } = new();

    /// <summary>The version of the engine's API to use without asking the engine; null for the newest that both know.</summary>
    /// <value>Default: null.</value>
    public ApiVersion? ApiVersion { get; init; }

    /// <summary>Which image a reference means, and whether it may be pulled.</summary>
    /// <value>Default: <see cref="ImagePolicy.Pinned"/>.</value>
    public ImagePolicy ImagePolicy { get; init; } = ImagePolicy.Pinned;

    /// <summary>
    /// The folder of the engine's host that has the folders of containers: an absolute path. Who is inside a container can read it
    /// in <c>/proc/self/mountinfo</c>, so it should tell nothing. <see cref="ArtifactFolders"/> tells whose a folder in it is.
    /// </summary>
    /// <value>Default: <c>/var/lib/artifacts</c>.</value>
    public string ArtifactsRoot { get; init; } = ArtifactFolders.DefaultRoot;

    /// <summary>What one container may take of the host.</summary>
    /// <value>Default: those of <see cref="ContainerLimits"/>.</value>
    public ContainerLimits Limits { get; init; } = new();

    /// <summary>When the engine itself starts a container again.</summary>
    /// <value>Default: <see cref="RestartPolicy.UnlessStopped"/>.</value>
    public RestartPolicy RestartPolicy { get; init; } = RestartPolicy.UnlessStopped;

    /// <summary>How much of a container's output is kept.</summary>
    /// <value>Default: 5 files of 10 MiB.</value>
    public LogRotation LogRotation { get; init; } = new();

    /// <summary>How long a service may take to stop before it is killed, when somebody else or the engine's own end stops it. Whole seconds.</summary>
    /// <value>Default: 2 seconds.</value>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentException">Values are wrong; the message lists all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [.. Limits.Faults(), .. LogRotation.Faults(), .. Timeouts.Faults()];
        if (ArtifactFolders.FaultOfRoot(ArtifactsRoot) is { } fault)
        {
            faults.Add(fault);
        }

        if (!FleetProject.IsValid(Project))
        {
            faults.Add($"Project is '{Project}': use 1 to {FleetProject.MaxLength} lower-case letters, digits, hyphens and underscores, beginning with a letter or digit.");
        }

        if (StopGrace < TimeSpan.Zero || StopGrace > TimeSpan.FromHours(1))
        {
            faults.Add($"StopGrace is {StopGrace}: give 0 to 3,600 seconds.");
        }

        if (!Enum.IsDefined(ImagePolicy) || !Enum.IsDefined(RestartPolicy))
        {
            faults.Add("ImagePolicy and RestartPolicy must be one of their members.");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }
}
