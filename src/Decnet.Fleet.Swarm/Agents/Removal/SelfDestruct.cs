namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// Removes the host on order of its master: it gives out a confirmation, and when that comes back within a minute it tears the fleet down
/// and starts the remover, which ends the agent. What cannot be done is said before anything is begun.
/// </summary>
public sealed class SelfDestruct : IAsyncDisposable
{
    const string Leaving = "This host is being removed, and takes no commands any more.";

    static readonly TimeSpan ReportLimit = TimeSpan.FromMinutes(1);

    readonly FleetService service;
    readonly AgentService agent;
    readonly IRemoverLauncher launcher;
    readonly IMasterClient master;
    readonly SelfDestructOptions options;
    readonly TimeProvider clock;
    readonly Random random;
    readonly ILogger logger;
    readonly SemaphoreSlim turn = new(1, 1);
    readonly CancellationTokenSource closing = new();
    readonly TaskCompletionSource launched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Challenge? challenge;
    SelfDestructMark? begun;
    Task removal = Task.CompletedTask;

    /// <summary>Puts it together.</summary>
    /// <param name="service">What tears the fleet down.</param>
    /// <param name="agent">What takes commands, and takes none while the host is being removed.</param>
    /// <param name="launcher">What starts the remover.</param>
    /// <param name="master">Who is told when the host could not be removed; of a host that was, the remover tells.</param>
    /// <param name="options">How it works.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="random">The source of jitter; null for one that the operating system seeds.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SelfDestruct(
        FleetService service,
        AgentService agent,
        IRemoverLauncher launcher,
        IMasterClient master,
        SelfDestructOptions options,
        TimeProvider? clock = null,
        Random? random = null,
        ILogger<SelfDestruct>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.service = service;
        this.agent = agent;
        this.launcher = launcher;
        this.master = master;
        this.options = options;
        this.clock = clock ?? TimeProvider.System;
        this.random = random ?? RandomSource.New();
        this.logger = logger ?? NullLogger<SelfDestruct>.Instance;
    }

    /// <summary>Ends when the remover runs: then an agent that is no unit has to end by itself.</summary>
    public Task Launched => launched.Task;

    /// <summary>Takes a request: without a confirmation it gives one out and changes nothing; with it the removal begins.</summary>
    /// <param name="command">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The confirmation to send back, what would go and what cannot; or that it has begun. The same request gets the same answer.</returns>
    /// <exception cref="FleetValidationException">The manifest is wrong, the confirmation is wrong or too old, or an entry cannot be removed; the error has every reason.</exception>
    /// <exception cref="OperationConflictException">The host is being removed by another request.</exception>
    /// <exception cref="FleetLockedException">Somebody works on the fleet; the confirmation stays good.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public async Task<SelfDestructReply> RequestAsync(SelfDestructCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (CommandCheck.Version(command.Version) is { } wrong)
        {
            throw Refused(wrong);
        }

        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return begun is { } mark
                ? Accepted(mark, command)
                : command.Confirmation is { } confirmation
                    ? await ConfirmAsync(command, confirmation).ConfigureAwait(false)
                    : await AskAsync(command, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Goes on with a removal that a process before this one had begun. Called once, when the agent starts.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ResumeAsync(CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (begun is null && ReadMark() is { } mark)
            {
                Begin(mark, async () => await (await service.BeginTeardownAllAsync(null, closing.Token).ConfigureAwait(false)).Completion.ConfigureAwait(false));
            }

            return begun is not null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends what is under way in an orderly way. A removal that had begun goes on when the agent starts again.</summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await removal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<SelfDestructReply> AskAsync(SelfDestructCommand command, CancellationToken cancellationToken)
    {
        var manifest = SharedEntries.LeftOut(InstallManifest.Read(options.Manifest));
        var obstacles = await ObstaclesAsync(manifest, cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        if (obstacles.Count == 0 && !(challenge is { } open && open.OperationId == command.OperationId && open.IsOpen(now)))
        {
            challenge = new Challenge(command.OperationId, now + options.ConfirmationLifetime);
        }

        return new SelfDestructReply
        {
            Version = SwarmProtocol.Version,
            Accepted = false,
            Confirmation = obstacles.Count == 0 ? challenge!.Confirmation : null,
            Removes = await RemovesAsync(manifest, cancellationToken).ConfigureAwait(false),
            Obstacles = obstacles,
        };
    }

    async Task<SelfDestructReply> ConfirmAsync(SelfDestructCommand command, string confirmation)
    {
        if (challenge is not { } open || open.OperationId != command.OperationId || !open.IsOpen(clock.GetUtcNow()) || !open.Matches(confirmation))
        {
            throw Refused(FleetIssue.Error("wrong-confirmation", "The confirmation is not the one that was given out for this request, or is too old.", "ask for a new one", "confirmation"));
        }

        var manifest = SharedEntries.LeftOut(InstallManifest.Read(options.Manifest));
        if (await ObstaclesAsync(manifest, closing.Token).ConfigureAwait(false) is { Count: > 0 } obstacles)
        {
            throw Refused([.. obstacles.Select(obstacle => FleetIssue.Error("obstacle", obstacle))]);
        }

        var mark = new SelfDestructMark { OperationId = command.OperationId, Removes = await RemovesAsync(manifest, closing.Token).ConfigureAwait(false) };
        agent.Close(Leaving);
        try
        {
            mark.Write(options.Folder);
            var work = await service.BeginTeardownAllAsync(null, closing.Token).ConfigureAwait(false);
            challenge = null;
            Begin(mark, () => work.Completion);
        }
        catch
        {
            File.Delete(SelfDestructMark.PathIn(options.Folder));
            agent.Reopen();
            throw;
        }

        return Accepted(mark, command);
    }

    void Begin(SelfDestructMark mark, Func<Task<FleetWorkResult>> teardown)
    {
        agent.Close(Leaving);
        begun = mark;
        AgentLog.Leaving(logger, mark.Removes.Count, mark.Removes.ToString());
        removal = Task.Run(() => RemoveAsync(mark, teardown), CancellationToken.None);
    }

    async Task RemoveAsync(SelfDestructMark mark, Func<Task<FleetWorkResult>> teardown)
    {
        string[] reasons;
        try
        {
            var result = await teardown().ConfigureAwait(false);
            reasons =
            [
                .. result.Operations.Where(operation => operation.Status != OperationStatus.Succeeded).Select(operation => $"{operation.DeckyName}: {operation.Error}"),
                .. result.Problem is { } problem ? [problem] : Array.Empty<string>(),
            ];
            if (reasons.Length == 0)
            {
                await launcher.LaunchAsync(new RemovalOrder(mark.OperationId, options.Command(mark.OperationId)), closing.Token).ConfigureAwait(false);
                launched.TrySetResult();
                return;
            }
        }
        catch (Exception error) when (!closing.IsCancellationRequested)
        {
            reasons = [error.Message];
        }

        // When the agent ends, the mark stays, and so the removal goes on later.
        closing.Token.ThrowIfCancellationRequested();
        await StayAsync(mark, reasons).ConfigureAwait(false);
    }

    /// <summary>Gives up: a host whose deckies still run is not left alone with them.</summary>
    async Task StayAsync(SelfDestructMark mark, string[] reasons)
    {
        AgentLog.Staying(logger, string.Join("; ", reasons));
        await turn.WaitAsync(closing.Token).ConfigureAwait(false);
        try
        {
            File.Delete(SelfDestructMark.PathIn(options.Folder));
            begun = null;
            agent.Reopen();
        }
        finally
        {
            turn.Release();
        }

        var farewell = new HostFarewell
        {
            Version = SwarmProtocol.Version,
            HostId = options.HostId,
            OperationId = mark.OperationId,
            Succeeded = false,
            Removed = [],
            Failed = [.. reasons],
        };
        await new FarewellSender(master, ReportLimit, clock, random, logger).SendAsync(farewell, closing.Token).ConfigureAwait(false);
    }

    async Task<ValueList<string>> ObstaclesAsync(InstallManifest manifest, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return ["This system is not Linux; an agent removes itself from Linux hosts only."];
        }

        var entries = new InstalledEntries(manifest);
        var asSelf = !launcher.GivesAllRights;
        string[] starting = await launcher.FindObstacleAsync(cancellationToken).ConfigureAwait(false) is { } obstacle ? [obstacle] : [];
        return
        [
            .. starting,
            .. manifest.Files.Select(file => entries.Obstacle(file, isFolder: false, asSelf)).OfType<string>(),
            .. manifest.Folders.Select(folder => entries.Obstacle(folder, isFolder: true, asSelf)).OfType<string>(),
        ];
    }

    async Task<ValueList<string>> RemovesAsync(InstallManifest manifest, CancellationToken cancellationToken)
    {
        var status = await service.StatusAsync(cancellationToken).ConfigureAwait(false);
        return [.. status.Deckies.Select(decky => decky.Name.Value), .. manifest.Units, .. manifest.Files, .. manifest.Folders];
    }

    SelfDestructMark? ReadMark()
    {
        try
        {
            return SelfDestructMark.Read(options.Folder);
        }
        catch (FleetFileException error)
        {
            AgentLog.Staying(logger, error.Message);
            return null;
        }
    }

    static SelfDestructReply Accepted(SelfDestructMark mark, SelfDestructCommand command) => mark.OperationId == command.OperationId
        ? new() { Version = SwarmProtocol.Version, Accepted = true, Removes = mark.Removes, Obstacles = [] }
        : throw new OperationConflictException($"This host is being removed already, by the request {mark.OperationId}.");

    static FleetValidationException Refused(params FleetIssue[] issues) => new("The self-destruction", issues);
}
