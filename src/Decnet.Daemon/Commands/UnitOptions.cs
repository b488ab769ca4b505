namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Units;
using Decnet.Fleet.State;

/// <summary>The options that units of all services have.</summary>
internal sealed class UnitOptions
{
    readonly Option<string> user = new("--user") { Description = "The user that the service runs as.", HelpName = "U", Required = true };

    readonly Option<string> group = new("--group") { Description = "The user's group.", HelpName = "G", Required = true };

    readonly Option<string?> output = new("--out") { Description = "The folder to write into.", HelpName = "DIR", Required = true, CustomParser = Values.NotBlank };

    readonly Option<string?> binary = new("--binary") { Description = "The path of decnetd where the unit is used. Default: that of this program.", HelpName = "PATH" };

    readonly Option<string?> logFile = new("--log-file")
    {
        Description = "Log to this file below /var/log rather than to the journal.",
        HelpName = "PATH",
    };

    readonly Option<bool> force = new("--force") { Description = "Replace files that were not written by this command." };

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { user, group, output, binary, logFile, force })
        {
            command.Add(option);
        }
    }

    internal bool Force(ParseResult arguments) => arguments.GetValue(force);

    internal string Folder(ParseResult arguments) => Path.GetFullPath(arguments.GetValue(output)!);

    internal UnitRequest Request(ParseResult arguments, GlobalOptions global, DaemonEnvironment environment) => new()
    {
        User = arguments.GetRequiredValue(user),
        Group = arguments.GetRequiredValue(group),
        StateDir = Trimmed(global.StateDir(arguments) ?? StateFolder.SystemFolder),
        Binary = arguments.GetValue(binary) ?? environment.Executable ?? "/usr/local/bin/decnetd",
        HostId = global.Host(arguments),
        DockerHost = global.DockerHost(arguments),
        Project = global.Project(arguments),
        LogFile = arguments.GetValue(logFile),
    };

    static string Trimmed(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
