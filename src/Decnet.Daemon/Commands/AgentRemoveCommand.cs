namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
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

    readonly Option<bool> begun = new("--begun") { Description = "Do what the agent has begun: the request is the one in its state folder. For the unit that the agent starts." };

    readonly Option<int?> agentProcess = new("--agent-process") { Description = "The process of the agent, which is waited for.", HelpName = "PID", CustomParser = Values.Count };

    readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask, when there is no --operation." };

    internal AgentRemoveCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("remove", "Remove this agent: its units, and exactly the files and folders that the manifest lists. Logs are kept.", global, environment)
    {
        Add(manifest);
        Add(operation);
        Add(begun);
        Add(agentProcess);
        Add(yes);
    }

    protected override LogLevel LogLevelOf(ParseResult arguments) => LogLevel.Information;

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var list = Path.GetFullPath(arguments.GetValue(manifest)!);
        var (options, request, trust) = Global.StateDir(arguments) is { } folder ? OwnerRights.Read(Path.GetFullPath(folder), () => Order(arguments)) : Order(arguments);
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
        // Key and certificate are in memory before their files go.
        using var master = trust is { } known ? new MasterClient(known.File.Master, known.File.MasterPort, () => known.Trust, options.Clock) : null;
        var result = await new HostRemover(remover, master, options.Clock, logger: log.CreateLogger<HostRemover>()).RunAsync(cancellationToken).ConfigureAwait(false);
        Show(result, Global.Json(arguments));
        return result.Succeeded ? ExitCodes.Done : ExitCodes.Failure;
    }

    /// <summary>Reads what the agent has left in its state folder: the request, the master, and the key and certificate for it.</summary>
    (LocalFleetOptions Options, Guid? Request, (AgentFile File, HostTrust Trust)? Master) Order(ParseResult arguments)
    {
        var options = Global.Settings(arguments, Environment);
        var request = arguments.GetValue(begun) ? Begun(options) : arguments.GetValue(operation);
        var folder = PkiFolder.Of(options.Folder);
        return request is not null && AgentFile.Load(options.Folder) is { } file && HostPki.IsEnrolled(folder)
            ? (options, request, (file, HostPki.Open(folder, options.Clock).Current))
            : (options, request, null);
    }

    static Guid Begun(LocalFleetOptions options) => SelfDestructMark.Read(options.Folder)?.OperationId
        ?? throw new DecnetException($"Nothing was removed: the agent of '{options.Folder.Path}' was not told to go. Run 'decnetd host destroy' on the master, or here 'decnetd agent remove' without --begun.");

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
