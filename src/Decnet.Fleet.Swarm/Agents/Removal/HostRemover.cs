namespace Decnet.Fleet.Swarm.Agents.Removal;

using System.Diagnostics;
using System.Reflection;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Removes the installation of an agent from its host: stops and disables its units, removes exactly the files and folders that the
/// manifest lists, keeps the logs, and tells the master, as its last act, what came of it.
/// </summary>
public sealed class HostRemover
{
    static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(30);

    readonly HostRemoverOptions options;
    readonly IMasterClient? master;
    readonly TimeProvider clock;
    readonly Random random;
    readonly ILogger logger;
    readonly List<string> removed = [];
    readonly List<string> failed = [];

    /// <summary>Puts it together.</summary>
    /// <param name="options">What it removes.</param>
    /// <param name="master">Who is told. It holds its key and certificate, for their files are among those that go; null for nobody.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">The source of jitter; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public HostRemover(HostRemoverOptions options, IMasterClient? master, TimeProvider? clock = null, Random? random = null, ILogger<HostRemover>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        this.master = master;
        this.clock = clock ?? TimeProvider.System;
        this.random = random ?? RandomSource.New();
        this.logger = logger ?? NullLogger<HostRemover>.Instance;
    }

    /// <summary>Does it, once. What cannot be removed is named in the result, and does not keep the rest.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it.</returns>
    public async Task<RemovalResult> RunAsync(CancellationToken cancellationToken = default)
    {
        ProgramCode.Load(Assembly.GetEntryAssembly() ?? typeof(HostRemover).Assembly);
        await WarmUpAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var manifest = SharedEntries.LeftOut(InstallManifest.Read(options.Manifest), (entry, unit) => AgentLog.Shared(logger, entry, unit));
            await WaitForAgentAsync(cancellationToken).ConfigureAwait(false);
            await StopUnitsAsync(manifest, cancellationToken).ConfigureAwait(false);
            RemoveEntries(manifest);
            await ForgetUnitsAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (DecnetException error)
        {
            Fail(error.Message);
        }

        var reported = await ReportAsync(cancellationToken).ConfigureAwait(false);
        return new RemovalResult { Removed = [.. removed], Failed = [.. failed], Reported = reported };
    }

    /// <summary>Speaks to the master once, so that what that takes of the system, such as its libraries for TLS, is there before files go.</summary>
    async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        if (master is null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(ShortLimit, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await master.GetTrustAsync(ended.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            AgentLog.Unheard(logger, error.Message);
        }
    }

    async Task WaitForAgentAsync(CancellationToken cancellationToken)
    {
        if (options.AgentProcess is not { } id)
        {
            return;
        }

        using var patience = new CancellationTokenSource(options.StopLimit, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var agent = Process.GetProcessById(id);
            await agent.WaitForExitAsync(ended.Token).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DecnetException($"The agent, process {id}, did not end within {options.StopLimit.TotalSeconds:0.#} seconds; nothing was removed. Stop it, and remove the host again.");
        }
    }

    async Task StopUnitsAsync(InstallManifest manifest, CancellationToken cancellationToken)
    {
        foreach (var unit in manifest.Units)
        {
            try
            {
                await StopAsync(unit, cancellationToken).ConfigureAwait(false);
                Done(unit);
            }
            catch (DecnetException error)
            {
                Fail($"{unit}: {error.Message}");
            }
        }
    }

    async Task StopAsync(string unit, CancellationToken cancellationToken)
    {
        // Of a unit that systemd does not know nothing is left to stop (systemctl(1): exit status 5).
        const int NotLoaded = 5;
        var stop = await SystemctlAsync(["stop", unit], options.StopLimit, cancellationToken).ConfigureAwait(false);
        if (stop is { Succeeded: false, ExitCode: not NotLoaded })
        {
            throw new DecnetException($"it could not be stopped: {stop.Errors}");
        }

        var disable = stop.Succeeded ? await SystemctlAsync(["disable", unit], ShortLimit, cancellationToken).ConfigureAwait(false) : stop;
        if (disable is { Succeeded: false, ExitCode: not NotLoaded })
        {
            throw new DecnetException($"it was stopped, and could not be disabled: {disable.Errors}");
        }
    }

    void RemoveEntries(InstallManifest manifest)
    {
        var entries = new InstalledEntries(manifest);
        foreach (var (path, isFolder) in manifest.Files.Select(file => (file, false)).Concat(manifest.Folders.Select(folder => (folder, true))))
        {
            try
            {
                entries.Remove(path, isFolder);
                Done(path);
            }
            catch (RemovalException error)
            {
                Fail(error.Message);
            }
        }
    }

    /// <summary>Lets the service manager forget units whose files are gone. That it cannot leaves nothing behind on disk.</summary>
    async Task ForgetUnitsAsync(InstallManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Units.Count == 0)
        {
            return;
        }

        try
        {
            await SystemctlAsync(["daemon-reload"], ShortLimit, cancellationToken).ConfigureAwait(false);
            await SystemctlAsync(["reset-failed", .. manifest.Units], ShortLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (DecnetException)
        {
            // Why systemctl does not run was told with the units.
        }
    }

    /// <summary>Tells the master, again and again for a while.</summary>
    async Task<bool> ReportAsync(CancellationToken cancellationToken)
    {
        if (master is null)
        {
            return false;
        }

        var farewell = new HostFarewell
        {
            Version = SwarmProtocol.Version,
            HostId = options.HostId,
            OperationId = options.OperationId,
            Succeeded = failed.Count == 0,
            Removed = [.. removed],
            Failed = [.. failed],
        };
        return await new FarewellSender(master, options.ReportLimit, clock, random, logger).SendAsync(farewell, cancellationToken).ConfigureAwait(false);
    }

    Task<ProgramRun> SystemctlAsync(string[] arguments, TimeSpan limit, CancellationToken cancellationToken) =>
        ProgramRun.RunAsync("systemctl", arguments, limit, clock, cancellationToken);

    void Done(string entry)
    {
        AgentLog.Removed(logger, entry);
        removed.Add(entry);
    }

    void Fail(string why)
    {
        AgentLog.NotRemoved(logger, why);
        failed.Add(why);
    }
}
