namespace Decnet.Shell.Sessions;

using Decnet.Fleet.Docker;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Shell.Building;
using Decnet.Shell.Flow;
using Decnet.Shell.Output;
using Model = Decnet.Fleet.Model;

/// <summary>
/// What cmdlets work on: one state folder with one container runtime. It opens what it needs when it is needed, and keeps it open.
/// There is one for the process, so that all its pipelines see the same containers.
/// </summary>
public sealed class DecnetSession : IAsyncDisposable
{
    /// <summary>How long the end of the process may wait until work under way is cancelled and recorded as such.</summary>
    static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    static readonly Lock CurrentGate = new();
    static DecnetSession? current;

    readonly SemaphoreSlim gate = new(1, 1);
    readonly InMemoryContainerRuntime? simulation;
    readonly bool isConnected;
    LocalFleet? reader;
    LocalFleet? writer;

    internal DecnetSession(SessionOptions options, bool isConnected = true)
    {
        this.isConnected = isConnected;
        User = options.User;
        HostId? hostId = options.HostId is null ? null : DeckyMaker.ParseHost(options.HostId);
        Options = LocalFleetOptions.FromEnvironment(options.Variable, options.StateDirectory, hostId, options.DockerHost, options.Project) with
        {
            Clock = options.Clock,
            Agents = options.Agents,
            Swarm = options.Swarm,
        };
        if (options.Runtime == RuntimeKind.Memory)
        {
            simulation = new InMemoryContainerRuntime(Options.HostId, options.Clock);
            Options = Options with { Connect = _ => simulation };
        }

        AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
    }

    /// <summary>The session of this process; one with the defaults when nobody has connected.</summary>
    /// <exception cref="DecnetException">Variables of the environment are wrong.</exception>
    public static DecnetSession Current
    {
        get
        {
            lock (CurrentGate)
            {
                return current ??= new DecnetSession(new SessionOptions(), isConnected: false);
            }
        }
    }

    internal LocalFleetOptions Options { get; }

    internal HostId HostId => Options.HostId;

    internal TimeProvider Clock => Options.Clock;

    /// <summary>Who works, for the records of orders.</summary>
    internal string User { get; }

    /// <summary>Makes a session the one of this process. The former one is closed.</summary>
    /// <param name="options">What it is made of.</param>
    /// <returns>The session.</returns>
    /// <exception cref="FaultException">Options are wrong.</exception>
    /// <exception cref="DecnetException">Variables of the environment are wrong.</exception>
    public static async Task<DecnetSession> ConnectAsync(SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var session = new DecnetSession(options);
        await ExchangeAsync(session).ConfigureAwait(false);
        return session;
    }

    /// <summary>Closes the session of this process. Work under way is cancelled and waited for.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public static Task DisconnectAsync() => ExchangeAsync(null);

    /// <summary>Tells what the session works on. Nothing is asked of the engine.</summary>
    /// <returns>The context.</returns>
    /// <exception cref="DecnetException">Variables or contexts of docker are wrong.</exception>
    public async Task<DecnetContext> DescribeAsync() => new()
    {
        StateDirectory = Options.Folder.Path,
        HostId = HostId.Value,
        Project = DockerEnvironment.Apply(new DockerRuntimeOptions(), Options.Variable).Project,
        Runtime = simulation is null ? nameof(RuntimeKind.Docker) : nameof(RuntimeKind.Memory),
        Endpoint = simulation?.Endpoint ?? await DockerEndpointAsync().ConfigureAwait(false),
        Connected = isConnected,
        Containers = simulation is null ? null : new SimulatedContainers(simulation),
    };

    /// <summary>Opens the fleet, or gives the one that is open.</summary>
    /// <param name="access">What for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet, which belongs to the session.</returns>
    /// <exception cref="Decnet.Fleet.State.StateStoreException">The store cannot be opened.</exception>
    internal async Task<LocalFleet> OpenAsync(StoreAccess access, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (writer is not null)
            {
                return writer;
            }

            if (access != StoreAccess.Read)
            {
                return writer = await LocalFleet.OpenAsync(Options, access, cancellationToken).ConfigureAwait(false);
            }

            if (reader is not null)
            {
                return reader;
            }

            // One without a store is an empty stand-in: it must not be kept, since another process may make the store.
            var opened = await LocalFleet.OpenAsync(Options, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
            return opened.HasStore ? reader = opened : opened;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Closes the fleet, so that files can be exchanged; the next one who needs it opens it again.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    internal async Task CloseAsync()
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            foreach (var fleet in new[] { reader, writer })
            {
                if (fleet is not null)
                {
                    await fleet.DisposeAsync().ConfigureAwait(false);
                }
            }

            reader = writer = null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Closes the session.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
        await CloseAsync().ConfigureAwait(false);
        gate.Dispose();
    }

    /// <summary>A shell may end while work goes on, and operations must not be left open.</summary>
    void EndWithProcess(object? sender, EventArgs arguments) => Task.Run(CloseAsync).Wait(EndPatience);

    static async Task ExchangeAsync(DecnetSession? next)
    {
        DecnetSession? former;
        lock (CurrentGate)
        {
            (former, current) = (current, next);
        }

        if (former is not null)
        {
            await former.DisposeAsync().ConfigureAwait(false);
        }
    }

    async Task<string> DockerEndpointAsync()
    {
        var docker = DockerContainerRuntime.FromEnvironment(environment: Options.Variable);
        await using var _ = docker.ConfigureAwait(false);
        return docker.Endpoint;
    }
}
