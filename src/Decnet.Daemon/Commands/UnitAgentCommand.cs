namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Units;

/// <summary><c>decnetd unit agent</c>: files for the agent of a host, and the manifest by which it is removed again.</summary>
internal sealed class UnitAgentCommand : UnitCommandBase
{
    readonly RepairOptions repair = new();

    readonly Option<int?> port = new("--port") { Description = "The port of the agent. Default: that of the enrolment.", HelpName = "PORT", CustomParser = Values.Port };

    readonly Option<string?> attachTo = new("--interface") { Description = "The interface that deckies are attached to. Default: that of the default route.", HelpName = "NAME", CustomParser = Values.NotBlank };

    internal UnitAgentCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("agent", "Write a hardened systemd unit for the agent of a host, with what belongs to it and the install manifest, into a folder.", global, environment)
    {
        repair.AddTo(this);
        Add(port);
        Add(attachTo);
    }

    protected override UnitRequest Complete(UnitRequest request, ParseResult arguments) => request with
    {
        Kind = UnitKind.Agent,
        Repair = repair.Repair(arguments),
        Port = arguments.GetValue(port),
        Interface = arguments.GetValue(attachTo),
    };
}
