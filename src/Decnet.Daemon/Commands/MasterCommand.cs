namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Microsoft.Extensions.Logging;

/// <summary><c>decnetd master</c>: the service that hosts report to.</summary>
internal sealed class MasterCommand : DaemonCommand
{
    readonly ListeningOptions listening = new($"The port for hosts. Default: {SwarmProtocol.MasterPort}.");

    readonly Option<int?> enrolmentPort = new("--enrolment-port")
    {
        Description = $"The port for those that want to be hosts. Default: {SwarmProtocol.EnrolmentPort}.",
        HelpName = "PORT",
        CustomParser = Values.Port,
    };

    readonly Option<string[]> address = new("--address")
    {
        Description = "A host name or address under which hosts reach the master, for its certificate when that is made. Default: those of this machine.",
        HelpName = "HOST",
        CustomParser = Values.HostNames,
        DefaultValueFactory = static _ => [],
    };

    readonly Option<TimeSpan?> silentAfter = new("--silent-after") { Description = "How long after its last report a host counts as silent. Default: 90s.", HelpName = "TIME", CustomParser = Values.Interval };

    readonly Option<TimeSpan?> lostAfter = new("--lost-after") { Description = "How long after its last report a host is given up. Default: 15m.", HelpName = "TIME", CustomParser = Values.Interval };

    readonly Option<TimeSpan?> watchInterval = new("--watch-interval") { Description = "How often it looks for hosts that do not report. Default: 5s.", HelpName = "TIME", CustomParser = Values.Interval };

    internal MasterCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("master", "Be the master of a fleet on many hosts: take their reports and enrol them, until stopped.", global, environment)
    {
        listening.AddTo(this);
        Add(enrolmentPort);
        Add(address);
        Add(silentAfter);
        Add(lostAfter);
        Add(watchInterval);
        Validators.Add(result =>
        {
            var usual = new HostWatchOptions();
            if ((result.GetValue(lostAfter) ?? usual.LostAfter) <= (result.GetValue(silentAfter) ?? usual.SilentAfter))
            {
                result.AddError("--lost-after has to be longer than --silent-after.");
            }
        });
    }

    protected override LogLevel LogLevelOf(ParseResult arguments) => LogLevel.Information;

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var local = await OpenAsync(arguments, log, StoreAccess.Serve, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        var usual = new HostWatchOptions();
        var settings = new MasterSettings
        {
            Listen = listening.Address(arguments),
            Port = listening.Port(arguments) ?? SwarmProtocol.MasterPort,
            EnrolmentPort = arguments.GetValue(enrolmentPort) ?? SwarmProtocol.EnrolmentPort,
            Names = [.. arguments.GetValue(address) ?? []],
            Watch = usual with
            {
                SilentAfter = arguments.GetValue(silentAfter) ?? usual.SilentAfter,
                LostAfter = arguments.GetValue(lostAfter) ?? usual.LostAfter,
                Interval = arguments.GetValue(watchInterval) ?? usual.Interval,
            },
        };
        using var notifier = ServiceNotifier.Open(local.Options.Variable);
        await new MasterService(local, settings, notifier, log).RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
