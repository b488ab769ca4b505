namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Swarm.Agents.Removal;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;

/// <summary><c>decnetd agent remove</c>: takes the installation of an agent away. A self-destruction starts it.</summary>
internal sealed class AgentRemoveCommand : DaemonCommand
{
    readonly Option<string?> manifest = new("--manifest") { Description = "What was installed.", HelpName = "FILE", Required = true, CustomParser = Values.NotBlank };

    readonly Option<Guid?> operation = new("--operation")
    {
        Description = "The request of the master, which is told what came of it. Without it nobody is told.",
        HelpName = "ID",
    };

    readonly Option<int?> agentProcess = new("--agent-process") { Description = "The process of the agent, which is waited for.", HelpName = "PID", CustomParser = Values.Count };

    readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask, when there is no --operation." };

    internal AgentRemoveCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("remove", "Remove this agent: its units, and exactly the files and folders that the manifest lists. Logs are kept.", global, environment)
    {
        Add(manifest);
        Add(operation);
        Add(agentProcess);
        Add(yes);
    }

    protected override LogLevel LogLevelOf(ParseResult arguments) => LogLevel.Information;

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var options = Global.Settings(arguments, Environment);
        var list = Path.GetFullPath(arguments.GetValue(manifest)!);
        var request = arguments.GetValue(operation);
        var installed = InstallManifest.Read(list);
        if (request is null && !arguments.GetValue(yes)
            && !await Consent.AskAsync(Terminal, $"Remove {string.Join(", ", [.. installed.Units, .. installed.Files, .. installed.Folders])}?", "it needs --yes", cancellationToken).ConfigureAwait(false))
        {
            return ExitCodes.BadInput;
        }

        var remover = new HostRemoverOptions
        {
            HostId = options.HostId,
            OperationId = request ?? Guid.Empty,
            Manifest = list,
            AgentProcess = arguments.GetValue(agentProcess),
        };
        // Its key and certificate are in memory before their files go.
        using var master = request is null ? null : Master(options);
        var result = await new HostRemover(remover, master, options.Clock, logger: log.CreateLogger<HostRemover>()).RunAsync(cancellationToken).ConfigureAwait(false);
        Show(result, Global.Json(arguments));
        return result.Succeeded ? ExitCodes.Done : ExitCodes.Failure;
    }

    static MasterClient? Master(LocalFleetOptions options)
    {
        var folder = PkiFolder.Of(options.Folder);
        return AgentFile.Load(options.Folder) is { } file && HostPki.IsEnrolled(folder)
            ? MasterOf(file, HostPki.Open(folder, options.Clock), options.Clock)
            : null;
    }

    static MasterClient MasterOf(AgentFile file, HostPki pki, TimeProvider clock) => new(file.Master, file.MasterPort, () => pki.Current, clock);

    void Show(RemovalResult result, bool json)
    {
        if (json)
        {
            JsonLines.Write(Terminal.Out, writer =>
            {
                writer.WriteTexts("removed", result.Removed);
                writer.WriteTexts("failed", result.Failed);
                writer.WriteBoolean("reported", result.Reported);
            });
            return;
        }

        foreach (var removed in result.Removed)
        {
            Terminal.Out.WriteLine($"removed {removed}");
        }

        foreach (var failed in result.Failed)
        {
            Terminal.Error.WriteLine(failed);
        }
    }
}
