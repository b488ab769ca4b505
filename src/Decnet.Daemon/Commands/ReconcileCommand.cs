namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Microsoft.Extensions.Logging;

/// <summary><c>decnetd reconcile</c>: the worker, a single pass, or the plan of one.</summary>
internal sealed class ReconcileCommand : DaemonCommand
{
    readonly Option<bool> once = new("--once") { Description = "Make one pass and end. Exit code 3 when it was held." };

    readonly Option<bool> dryRun = new("--dry-run") { Description = "With --once: show what the pass would do, and do nothing. Exit code 4 when there is something to do." };

    readonly Option<TimeSpan?> interval = new("--interval")
    {
        Description = "How long after a pass the next one begins when nothing happens: 45, 30s, 5m. Default: 30s.",
        HelpName = "TIME",
        CustomParser = Values.Interval,
    };

    readonly RepairOptions repair = new("Rotate the services of deckies that have an interval, when it is over.");

    readonly Option<DeletionBudget> maxDeletions = new("--max-deletions")
    {
        Description = "How many rows one pass may delete, as a number or a share of them; over it, none. Default: unlimited.",
        HelpName = "N|N%",
        CustomParser = Values.Budget,
    };

    readonly Option<bool> removeStrays = new("--remove-strays") { Description = "Remove containers with our labels that belong to no decky." };

    readonly Option<bool> shadow = new("--shadow") { Description = "Only tell what the worker would do, in the log and the event log; write no row and touch no container." };

    internal ReconcileCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("reconcile", "Keep rows, and on request containers, in line with the fleet file, until stopped.", global, environment)
    {
        Add(once);
        Add(dryRun);
        Add(interval);
        repair.AddTo(this);
        Add(maxDeletions);
        Add(removeStrays);
        Add(shadow);
        Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && !result.GetValue(once))
            {
                result.AddError("--dry-run goes with --once.");
            }

            foreach (var option in new Option[] { interval, shadow, repair.Mutating }.Where(option => result.GetValue(once) && result.GetResult(option) is not null))
            {
                result.AddError($"{option.Name} is for the worker; it does not go with --once.");
            }

            if (result.GetValue(shadow) && result.GetValue(repair.Mutating))
            {
                result.AddError("--mutate changes services, which --shadow does not.");
            }
        });
    }

    protected override LogLevel LogLevelOf(ParseResult arguments) => arguments.GetValue(once) ? LogLevel.Warning : LogLevel.Information;

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var isDryRun = arguments.GetValue(dryRun);
        var access = isDryRun ? StoreAccess.Read : arguments.GetValue(once) ? StoreAccess.Write : StoreAccess.Serve;
        var host = await OpenAsync(arguments, log, access, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var pass = new ReconcileOptions
        {
            Repair = repair.Repair(arguments),
            MaxDeletions = arguments.GetValue(maxDeletions),
            RemoveStrays = arguments.GetValue(removeStrays),
        };
        var json = Global.Json(arguments);
        if (isDryRun)
        {
            return await PlanAsync(host, pass, json, cancellationToken).ConfigureAwait(false);
        }

        return arguments.GetValue(once)
            ? await PassAsync(host, pass, json, cancellationToken).ConfigureAwait(false)
            : await WorkAsync(arguments, host, pass, json, cancellationToken).ConfigureAwait(false);
    }

    async Task<int> PlanAsync(LocalFleet host, ReconcileOptions pass, bool json, CancellationToken cancellationToken)
    {
        var plan = await host.Reconciler.PlanAsync(pass, cancellationToken).ConfigureAwait(false);
        PassRows.Write(Terminal, plan, json);
        return plan.Holds.Any(hold => hold.HoldsPass) ? ExitCodes.Held
            : plan.IsConverged ? ExitCodes.Done
            : ExitCodes.Drift;
    }

    async Task<int> PassAsync(LocalFleet host, ReconcileOptions pass, bool json, CancellationToken cancellationToken)
    {
        var result = await host.Reconciler.ReconcileAsync(pass, cancellationToken).ConfigureAwait(false);
        PassRows.Write(Terminal, result, json);
        return result.Held ? ExitCodes.Held : result.HasFailures ? ExitCodes.Failure : ExitCodes.Done;
    }

    async Task<int> WorkAsync(ParseResult arguments, LocalFleet host, ReconcileOptions pass, bool json, CancellationToken cancellationToken)
    {
        var usual = new ReconcilerWorkerOptions();
        var isShadow = arguments.GetValue(shadow);
        var options = usual with
        {
            // Under a name of its own, so that it can run beside the one that works.
            Name = isShadow ? $"{usual.Name}-shadow" : usual.Name,
            Pass = pass,
            Interval = arguments.GetValue(interval) ?? usual.Interval,
            Shadow = isShadow,
            Companions = repair.Mutate(arguments) ? [host.MakeSweeper(), host.MakeMutator()] : [host.MakeSweeper()],
        };
        using var notifier = ServiceNotifier.Open(host.Options.Variable);
        var watch = new WorkerWatch(notifier)
        {
            Passed = result =>
            {
                if (json && !result.IsConverged)
                {
                    PassRows.Write(Terminal, result, json);
                }
            },
            Planned = plan =>
            {
                if (json)
                {
                    PassRows.Write(Terminal, plan, json);
                }
            },
        };
        await watch.RunAsync(host, options, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
