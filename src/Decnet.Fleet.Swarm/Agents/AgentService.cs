namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// What an agent does for its master: it takes commands for the deckies of its host. A command is accepted once its operations are
/// recorded, and is then worked on whoever goes away; the same command again, which has the same operation ids, begins nothing and gets
/// the same answer.
/// </summary>
/// <remarks>All methods may be called from several threads.</remarks>
public sealed class AgentService : IAsyncDisposable
{
    readonly FleetService service;
    readonly IFleetFile file;
    readonly Relocalizer relocalizer;
    readonly HostReporter reporter;
    readonly KnownOperations known;
    readonly OperationSweeper sweeper;
    readonly CommandDesk desk;

    /// <summary>Puts it together.</summary>
    /// <param name="service">What works on the fleet of the host. Its <see cref="FleetServiceOptions.LockWait"/> is how long a command waits for others who work.</param>
    /// <param name="file">The fleet file of the host.</param>
    /// <param name="store">The store of the host.</param>
    /// <param name="sweeper">What ends operations that a process before this one left open.</param>
    /// <param name="relocalizer">What fits deckies into the network of the host.</param>
    /// <param name="reporter">What tells of the deckies of the host.</param>
    /// <param name="options">How it works.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public AgentService(
        FleetService service,
        IFleetFile file,
        IStateStore store,
        OperationSweeper sweeper,
        Relocalizer relocalizer,
        HostReporter reporter,
        AgentServiceOptions options,
        TimeProvider? clock = null,
        ILogger<AgentService>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.service = service;
        this.file = file;
        this.sweeper = sweeper;
        this.relocalizer = relocalizer;
        this.reporter = reporter;
        known = new KnownOperations(store, options.HostId);
        desk = new CommandDesk(options.AcceptanceWait, clock ?? TimeProvider.System, logger ?? NullLogger<AgentService>.Instance);
    }

    /// <summary>The answer to the question whether the agent is there.</summary>
    public PeerHealth Health { get; } = new(SwarmProtocol.Version, "ok", "agent");

    /// <summary>Accepts deckies to deploy, or, for a dry run, tells what that would do.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait. A command that is being accepted is accepted nevertheless.</param>
    /// <returns>What was accepted, or would be done.</returns>
    /// <exception cref="FleetValidationException">The command cannot be done; the error has every reason. Nothing was changed.</exception>
    /// <exception cref="OperationConflictException">A decky is being worked on.</exception>
    /// <exception cref="FleetLockedException">Somebody else works on the fleet for longer than the wait.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    public Task<CommandReply> DeployAsync(DeployCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        CommandOrder[] orders = [.. command.Orders.Select(order => new CommandOrder(order.OperationId, order.Decky.Name))];
        var options = new DeployOptions { Change = true, OperationIds = Ids(orders) };
        return TakeAsync(new AgentCommand
        {
            Kind = OperationKind.Deploy,
            Orders = orders,
            IsDryRun = command.DryRun,
            Issues = CommandCheck.Of(command.Version, orders),
            CheckAsync = token => CheckAsync(command, token),
            PlanAsync = PlanAsync,
            BeginAsync = token => service.BeginDeployAsync(
                (present, inner) => relocalizer.RelocateAsync(command, (present as DesiredState.Known)?.Fleet, inner), options, null, token),
        }, cancellationToken);

        async Task<CommandReply> PlanAsync(CancellationToken token)
        {
            var present = await file.LoadAsync(token).ConfigureAwait(false);
            var fleet = await relocalizer.RelocateAsync(command, (present as DesiredState.Known)?.Fleet, token).ConfigureAwait(false);
            var plan = await service.PlanDeployAsync(fleet, options, token).ConfigureAwait(false);
            var actions = plan.Deckies.ToDictionary(item => item.Name, item => Token<DeployAction>.Of(item.Action));
            return CommandReplies.Planned(orders, name => (actions[name], plan.Fleet.Find(name)?.IPAddress));
        }
    }

    /// <summary>Accepts deckies that shall have other services, or, for a dry run, tells whether that can be done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait. A command that is being accepted is accepted nevertheless.</param>
    /// <returns>What was accepted, or would be done.</returns>
    /// <remarks>It throws what <see cref="DeployAsync"/> throws.</remarks>
    public Task<CommandReply> MutateAsync(MutateCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        CommandOrder[] orders = [.. command.Orders.Select(order => new CommandOrder(order.OperationId, order.Name))];
        return TakeAsync(new AgentCommand
        {
            Kind = OperationKind.Mutate,
            Orders = orders,
            IsDryRun = command.DryRun,
            Issues = CommandCheck.Of(command.Version, orders),
            CheckAsync = async token => CommandCheck.Services(command, await FleetAsync(token).ConfigureAwait(false)),
            PlanAsync = async token =>
            {
                var fleet = await FleetAsync(token).ConfigureAwait(false);
                var asked = command.Orders.ToDictionary(order => order.Name, order => order.Services);
                return CommandReplies.Planned(orders, name => fleet?.Find(name) is { } decky
                    ? (ServiceRotation.IsSame(decky.Services, asked[name]) ? "keep" : "mutate", decky.IPAddress)
                    : ("keep", null));
            },
            BeginAsync = token => service.BeginMutateAsync(
                [.. orders.Select(order => order.Name)],
                new MutateOptions { ServicesOf = command.Orders.ToDictionary(order => order.Name, order => order.Services), OperationIds = Ids(orders) },
                null,
                token),
        }, cancellationToken);
    }

    /// <summary>Accepts deckies to remove, or, for a dry run, tells which of them are there.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the wait. A command that is being accepted is accepted nevertheless.</param>
    /// <returns>What was accepted, or would be done.</returns>
    /// <remarks>It throws what <see cref="DeployAsync"/> throws.</remarks>
    public Task<CommandReply> TeardownAsync(TeardownCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        CommandOrder[] orders = [.. command.Orders.Select(order => new CommandOrder(order.OperationId, order.Name))];
        return TakeAsync(new AgentCommand
        {
            Kind = OperationKind.Teardown,
            Orders = orders,
            IsDryRun = command.DryRun,
            Issues = CommandCheck.Of(command.Version, orders),
            PlanAsync = async token =>
            {
                var status = await service.StatusAsync(token).ConfigureAwait(false);
                var there = status.Deckies.Select(decky => decky.Name).ToHashSet();
                return CommandReplies.Planned(orders, name => (there.Contains(name) ? "remove" : "keep", null));
            },
            BeginAsync = token => service.BeginTeardownAsync(
                [.. orders.Select(order => order.Name)], new TeardownOptions { OperationIds = Ids(orders) }, null, token),
        }, cancellationToken);
    }

    /// <summary>Tells how the host is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    public async Task<AgentStatus> StatusAsync(CancellationToken cancellationToken = default) =>
        await reporter.DescribeAsync(await service.StatusAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Cancels the work that commands have begun and waits for its end; operations that had not ended are failed.</summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public ValueTask DisposeAsync() => desk.DisposeAsync();

    /// <summary>Takes no commands any more, since the host is being removed.</summary>
    internal void Close(string why) => desk.Close(why);

    /// <summary>Takes commands again.</summary>
    internal void Reopen() => desk.Close(null);

    async Task<CommandReply> TakeAsync(AgentCommand command, CancellationToken cancellationToken)
    {
        FleetIssue[] issues = [.. command.Issues];
        if (issues.Length == 0 && !command.IsDryRun && await known.KnowsAsync(command.Kind, command.Orders, cancellationToken).ConfigureAwait(false))
        {
            await desk.SettleAsync(command.Orders[0].OperationId, cancellationToken).ConfigureAwait(false);
            return await RepeatAsync(command, cancellationToken).ConfigureAwait(false);
        }

        issues = [.. issues, .. await command.CheckAsync(cancellationToken).ConfigureAwait(false)];
        if (issues.Length > 0)
        {
            throw new FleetValidationException("The command", issues);
        }

        return command.IsDryRun
            ? await command.PlanAsync(cancellationToken).ConfigureAwait(false)
            : await desk.AcceptAsync(command.Orders[0].OperationId, token => AcceptAsync(command, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records the operations. One command at a time does, so that two that are the same begin one work.</summary>
    async Task<(FleetWork? Work, CommandReply Reply)> AcceptAsync(AgentCommand command, CancellationToken cancellationToken)
    {
        if (await known.KnowsAsync(command.Kind, command.Orders, cancellationToken).ConfigureAwait(false))
        {
            return (null, await RepeatAsync(command, cancellationToken).ConfigureAwait(false));
        }

        await RefuseConflictsAsync(command, cancellationToken).ConfigureAwait(false);
        FleetWork work;
        try
        {
            work = await command.BeginAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FleetLockedException)
        {
            await RefuseConflictsAsync(command, cancellationToken).ConfigureAwait(false);
            throw;
        }

        return (work, await RepeatAsync(command, cancellationToken).ConfigureAwait(false));
    }

    async Task RefuseConflictsAsync(AgentCommand command, CancellationToken cancellationToken)
    {
        var open = await known.OpenAsync(command.Orders, cancellationToken).ConfigureAwait(false);
        if (open.Count > 0)
        {
            // A process that has ended may have left them; nobody would end them before the next sweep.
            await sweeper.SweepAsync(cancellationToken).ConfigureAwait(false);
            open = await known.OpenAsync(command.Orders, cancellationToken).ConfigureAwait(false);
        }

        if (open.Count > 0)
        {
            throw new OperationConflictException(open);
        }
    }

    async Task<CommandReply> RepeatAsync(AgentCommand command, CancellationToken cancellationToken) =>
        CommandReplies.Accepted(command.Kind, command.Orders, await FleetAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>What is wrong with deckies to deploy, in this place, beside what the command alone shows.</summary>
    async Task<IEnumerable<FleetIssue>> CheckAsync(DeployCommand command, CancellationToken cancellationToken)
    {
        var present = await FleetAsync(cancellationToken).ConfigureAwait(false);
        FleetIssue[] services = [.. CommandCheck.Services(command, present?.Catalog)];
        try
        {
            await relocalizer.RelocateAsync(command, present, cancellationToken).ConfigureAwait(false);
            return services;
        }
        catch (FleetValidationException error)
        {
            return [.. services, .. error.Errors];
        }
    }

    async Task<Fleet?> FleetAsync(CancellationToken cancellationToken) =>
        (await file.LoadAsync(cancellationToken).ConfigureAwait(false) as DesiredState.Known)?.Fleet;

    static Dictionary<DeckyName, Guid> Ids(IEnumerable<CommandOrder> orders) =>
        orders.DistinctBy(order => order.Name).ToDictionary(order => order.Name, order => order.OperationId);
}
