namespace Decnet.Daemon.Commands;

using Decnet.Daemon.Hosting;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;

/// <summary>A command on the hosts of a fleet, which runs on the master's machine.</summary>
internal abstract class HostCommandBase(string name, string description, GlobalOptions global, DaemonEnvironment environment)
    : DaemonCommand(name, description, global, environment)
{
    /// <exception cref="DecnetException">The state folder is not that of a master.</exception>
    protected static MasterFleet MasterOf(LocalFleet local) => local.Master ?? throw new DecnetException(
        $"{local.Options.Folder.Path} is not the state folder of a master: it has no authority. 'decnetd host enroll NAME' or 'decnetd master' makes one.");
}
