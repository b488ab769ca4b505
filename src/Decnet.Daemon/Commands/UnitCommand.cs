namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Units;

/// <summary><c>decnetd unit</c>: files for the reconciler.</summary>
internal sealed class UnitCommand : UnitCommandBase
{
    readonly RepairOptions repair = new("The reconciler rotates the services of deckies that have an interval.");

    internal UnitCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("unit", "Write a hardened systemd unit for the reconciler, with what belongs to it, into a folder.", global, environment) => repair.AddTo(this);

    protected override UnitRequest Complete(UnitRequest request, ParseResult arguments) =>
        request with { Kind = UnitKind.Reconciler, Repair = repair.Repair(arguments), Mutate = repair.Mutate(arguments) };
}
