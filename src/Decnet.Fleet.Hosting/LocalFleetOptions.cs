namespace Decnet.Fleet.Hosting;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Masters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>Where the parts of a <see cref="LocalFleet"/> come from.</summary>
public sealed record LocalFleetOptions
{
    /// <summary>The folder with fleet file, lock files and database.</summary>
    public required StateFolder Folder { get; init; }

    /// <summary>The host whose deckies are worked on.</summary>
    /// <value>Default: <see cref="HostId.Local"/>.</value>
    public HostId HostId { get; init; } = HostId.Local;

    /// <summary>Reads an environment variable; null or empty when it is not set. The runtime and the image of stand-ins are chosen by it.</summary>
    /// <value>Default: no variable is set.</value>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Connects to the container runtime, when it is first needed. A runtime that can be disposed of is, with the fleet.</summary>
    /// <value>Null, the default, for Docker as <see cref="Variable"/> says.</value>
    public Func<ILogger, IContainerRuntime>? Connect { get; init; }

    /// <summary>Tells which addresses of a network the host knows to be taken. No decky of this host gets one that is the host's own.</summary>
    /// <value>Null, the default, for what the system says; with a <see cref="Connect"/> of one's own for nothing, since its containers may be anywhere.</value>
    public Func<IPNetwork, CancellationToken, Task<TakenAddresses>>? Taken { get; init; }

    /// <summary>Makes the ways to work on deckies of other hosts, when the service is first needed.</summary>
    /// <value>Default: null, those of the <see cref="LocalFleet.Master"/>, if the state folder is that of one.</value>
    public Func<LocalFleet, PlacementStrategies>? Strategies { get; init; }

    /// <summary>How a master hands work over to hosts.</summary>
    public SwarmOptions Swarm { get; init; } = new();

    /// <summary>Speaks to the agents of hosts, where the fleet is that of a master.</summary>
    /// <value>Null, the default, for HTTPS with the certificate of the master.</value>
    public IAgentClient? Agents { get; init; }

    /// <summary>How long to wait for others who work on the fleet.</summary>
    /// <value>Default: that of <see cref="FleetServiceOptions"/>.</value>
    public TimeSpan LockWait { get; init; } = new FleetServiceOptions().LockWait;

    /// <summary>The clock.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the parts log.</summary>
    /// <value>Default: nowhere.</value>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Options as the environment says; what is given comes first.</summary>
    /// <param name="environment">Reads an environment variable; null or empty when it is not set.</param>
    /// <param name="stateDirectory">The state folder, instead of <c>DECNET_STATE_DIR</c> or the default.</param>
    /// <param name="hostId">The host, instead of <c>DECNET_HOST_ID</c>, or, of a host that is enrolled, that of its <see cref="AgentFile"/>.</param>
    /// <param name="dockerHost">The engine, instead of <c>DOCKER_HOST</c>.</param>
    /// <param name="project">The Compose project, instead of <c>DECNET_PROJECT</c>.</param>
    /// <returns>The options.</returns>
    /// <exception cref="DecnetException">Variables are wrong, or no folder can be told.</exception>
    public static LocalFleetOptions FromEnvironment(
        Func<string, string?> environment, string? stateDirectory = null, HostId? hostId = null, string? dockerHost = null, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string? enrolled = null;
        string? Variable(string name) => name switch
        {
            StateFolder.EnvironmentVariable => stateDirectory ?? environment(name),
            DockerEnvironment.HostIdVariable => hostId?.Value ?? (environment(name) is { Length: > 0 } set ? set : enrolled),
            DockerEnvironment.ProjectVariable => project ?? environment(name),
            "DOCKER_HOST" => dockerHost ?? environment(name),
            _ => environment(name),
        };
        var folder = StateFolder.Resolve(Variable);
        // A host that is enrolled in a fleet has its identity from there.
        enrolled = AgentFile.Load(folder)?.HostId.Value;
        return new LocalFleetOptions
        {
            Variable = Variable,
            Folder = folder,
            HostId = DockerEnvironment.Apply(new DockerRuntimeOptions(), Variable).HostId,
        };
    }
}
