namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Daemon.Units;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary><c>decnetd unit</c>: files for systemd and logrotate. It installs nothing.</summary>
internal sealed class UnitCommand : DaemonCommand
{
    readonly Option<string> user = new("--user") { Description = "The user that the reconciler runs as.", HelpName = "U", Required = true };

    readonly Option<string> group = new("--group") { Description = "The user's group.", HelpName = "G", Required = true };

    readonly Option<string?> output = new("--out") { Description = "The folder to write into.", HelpName = "DIR", Required = true, CustomParser = Values.NotBlank };

    readonly Option<RepairMode> repair = new("--repair")
    {
        Description = $"How far the reconciler may go to bring containers back: {string.Join(", ", Token<RepairMode>.All)}. Default: off.",
        HelpName = "MODE",
        CustomParser = Values.Repair,
    };

    readonly Option<bool> mutate = new("--mutate") { Description = "The reconciler rotates the services of deckies that have an interval." };

    readonly Option<string?> binary = new("--binary") { Description = "The path of decnetd where the unit is used. Default: that of this program.", HelpName = "PATH" };

    readonly Option<string?> logFile = new("--log-file")
    {
        Description = "Log to this file below /var/log rather than to the journal.",
        HelpName = "PATH",
    };

    readonly Option<bool> force = new("--force") { Description = "Replace files that were not written by this command." };

    internal UnitCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("unit", "Write a hardened systemd unit for the reconciler, with what belongs to it, into a folder.", global, environment)
    {
        Add(user);
        Add(group);
        Add(output);
        Add(repair);
        Add(mutate);
        Add(binary);
        Add(logFile);
        Add(force);
    }

    protected override Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var request = new UnitRequest
        {
            User = arguments.GetRequiredValue(user),
            Group = arguments.GetRequiredValue(group),
            StateDir = Trimmed(Global.StateDir(arguments) ?? StateFolder.SystemFolder),
            Binary = arguments.GetValue(binary) ?? Environment.Executable ?? "/usr/local/bin/decnetd",
            Repair = arguments.GetValue(repair),
            Mutate = arguments.GetValue(mutate),
            HostId = Global.Host(arguments),
            DockerHost = Global.DockerHost(arguments),
            Project = Global.Project(arguments),
            LogFile = arguments.GetValue(logFile),
        };
        var folder = new UnitFolder(Path.GetFullPath(arguments.GetValue(output)!), DurableFiles.Instance);
        foreach (var path in folder.Write(UnitFiles.Of(request), arguments.GetValue(force)))
        {
            Show(path, Global.Json(arguments));
        }

        return Task.FromResult(ExitCodes.Done);
    }

    void Show(string path, bool json)
    {
        if (json)
        {
            JsonLines.Write(Terminal.Out, writer => writer.WriteString("file", path));
        }
        else
        {
            Terminal.Out.WriteLine(path);
        }
    }

    static string Trimmed(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
