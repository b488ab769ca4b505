namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>How far a worker may go.</summary>
internal sealed class RepairOptions
{
    readonly Option<RepairMode> repair = new("--repair")
    {
        Description = $"How far it may go to bring containers back: {string.Join(", ", Token<RepairMode>.All)}. Default: off.",
        HelpName = "MODE",
        CustomParser = Values.Repair,
    };

    internal RepairOptions(string mutate) => Mutating = new Option<bool>("--mutate") { Description = mutate };

    /// <summary>The option to rotate services.</summary>
    internal Option<bool> Mutating { get; }

    internal void AddTo(Command command)
    {
        command.Add(repair);
        command.Add(Mutating);
    }

    internal RepairMode Repair(ParseResult arguments) => arguments.GetValue(repair);

    internal bool Mutate(ParseResult arguments) => arguments.GetValue(Mutating);
}
