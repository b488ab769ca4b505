namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Units;
using Decnet.Fleet.Swarm.Contract;

/// <summary><c>decnetd unit master</c>: files for the master of a fleet.</summary>
internal sealed class UnitMasterCommand : UnitCommandBase
{
    readonly Option<int?> port = new("--port") { Description = $"The port for hosts. Default: {SwarmProtocol.MasterPort}.", HelpName = "PORT", CustomParser = Values.Port };

    readonly Option<int?> enrolmentPort = new("--enrolment-port") { Description = $"The port for those that want to be hosts. Default: {SwarmProtocol.EnrolmentPort}.", HelpName = "PORT", CustomParser = Values.Port };

    internal UnitMasterCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("master", "Write a hardened systemd unit for the master of a fleet, with what belongs to it, into a folder.", global, environment)
    {
        Add(port);
        Add(enrolmentPort);
    }

    protected override UnitRequest Complete(UnitRequest request, ParseResult arguments) =>
        request with { Kind = UnitKind.Master, Port = arguments.GetValue(port), EnrolmentPort = arguments.GetValue(enrolmentPort) };
}
