namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;

/// <summary><c>decnetd agent</c>: the service that runs deckies for a master.</summary>
internal sealed class AgentCommand : DaemonCommand
{
    readonly ListeningOptions listening = new($"The port for the master. Default: that of the enrolment, else {SwarmProtocol.AgentPort}.");

    readonly Option<HostAndPort?> reportTo = new("--report-to")
    {
        Description = "The master. Default: that of the enrolment.",
        HelpName = "HOST[:PORT]",
        CustomParser = Values.Peer(SwarmProtocol.MasterPort),
    };

    readonly Option<string?> attachTo = new("--interface") { Description = "The interface that deckies are attached to. Default: that of the default route.", HelpName = "NAME", CustomParser = Values.NotBlank };

    readonly Option<TimeSpan?> reportInterval = new("--report-interval") { Description = "How often it reports when nothing happens. Default: 30s.", HelpName = "TIME", CustomParser = Values.Interval };

    readonly Option<TimeSpan?> interval = new("--interval") { Description = "How long after a pass the next one begins when nothing happens. Default: 30s.", HelpName = "TIME", CustomParser = Values.Interval };

    readonly RepairOptions repair = new();

    readonly Option<string?> manifest = new("--manifest") { Description = $"What was installed, for self-destruction. Default: {AgentSettings.ManifestName} in the state folder.", HelpName = "FILE", CustomParser = Values.NotBlank };

    internal AgentCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("agent", "Run deckies of this host for a master, until stopped.", global, environment)
    {
        listening.AddTo(this);
        Add(reportTo);
        Add(attachTo);
        Add(reportInterval);
        Add(interval);
        repair.AddTo(this);
        Add(manifest);
    }

    protected override LogLevel LogLevelOf(ParseResult arguments) => LogLevel.Information;

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var options = Global.Settings(arguments, Environment);
        var folder = PkiFolder.Of(options.Folder);
        if (AgentFile.Load(options.Folder) is not { } file || !HostPki.IsEnrolled(folder))
        {
            throw new DecnetException(
                $"This host is not enrolled: {options.Folder.Path} has no agent. Run 'decnetd host enroll NAME' on the master, and what it prints here.");
        }

        var pki = HostPki.Open(folder, options.Clock, log.CreateLogger("Pki"));
        // Its commands are the master's, who waits for them: others who work on the fleet are told of soon.
        options = options with { HostId = pki.Host, LockWait = AgentSettings.LockWait, Logs = log };
        var local = await LocalFleet.OpenAsync(options, StoreAccess.Serve, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        using var notifier = ServiceNotifier.Open(options.Variable);
        var watch = new WorkerWatch(notifier) { Passed = static _ => { }, Planned = static _ => { } };
        await new AgentProcess(local, pki, SettingsOf(arguments, file, options), Environment, log).RunAsync(watch, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    AgentSettings SettingsOf(ParseResult arguments, AgentFile file, LocalFleetOptions options)
    {
        var reports = new HeartbeatOptions();
        var list = Path.GetFullPath(arguments.GetValue(manifest) ?? Path.Combine(options.Folder.Path, AgentSettings.ManifestName));
        var isUnit = Environment.Variable("INVOCATION_ID") is { Length: > 0 };
        return new AgentSettings
        {
            Listen = listening.Address(arguments),
            Port = listening.Port(arguments) ?? file.AgentPort,
            Master = arguments.GetValue(reportTo) ?? new HostAndPort(file.Master, file.MasterPort),
            Interface = arguments.GetValue(attachTo),
            Reports = reports with { Interval = arguments.GetValue(reportInterval) ?? reports.Interval },
            Pass = new ReconcileOptions { Repair = repair.Repair(arguments) },
            Interval = arguments.GetValue(interval) ?? new ReconcilerWorkerOptions().Interval,
            Manifest = list,
            IsUnit = isUnit,
            RemoveCommand = operation => RemoveCommand(operation, list, options, isUnit),
        };
    }

    ValueList<string> RemoveCommand(Guid operation, string list, LocalFleetOptions options, bool isUnit)
    {
        List<string> words = [.. Environment.Self, "agent", "remove", "--manifest", list, "--operation", $"{operation}", "--state-dir", options.Folder.Path];
        if (!isUnit)
        {
            words.AddRange(["--agent-process", $"{Environment.ProcessId}"]);
        }

        return [.. words];
    }
}
