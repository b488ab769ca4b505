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

    readonly Option<bool>? mutating;

    /// <summary>Makes the options.</summary>
    /// <param name="mutate">What rotating services means to the worker; null for one that does not, since its master does.</param>
    internal RepairOptions(string? mutate = null) => mutating = mutate is null ? null : new Option<bool>("--mutate") { Description = mutate };

    /// <summary>The option to rotate services.</summary>
    internal Option<bool> Mutating => mutating ?? throw new InvalidOperationException("This worker does not rotate services.");

    internal void AddTo(Command command)
    {
        command.Add(repair);
        if (mutating is not null)
        {
            command.Add(mutating);
        }
    }

    internal RepairMode Repair(ParseResult arguments) => arguments.GetValue(repair);

    internal bool Mutate(ParseResult arguments) => arguments.GetValue(Mutating);
}
