namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.Net;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary><c>decnetd deploy</c>: builds a fleet of an INI file and brings it up.</summary>
internal sealed class DeployCommand : WorkCommand
{
    readonly Argument<string> ini = new("INI") { Description = "The file that describes the fleet." };

    readonly Option<bool> replace = new("--replace")
    {
        Description = "Make the fleet exactly what the file says: deckies that it does not name go, others take their new configuration.",
    };

    readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would be done, and do nothing." };

    readonly Option<IPNetwork?> subnet = new("--subnet") { Description = "The network, instead of the file's.", HelpName = "NET", CustomParser = Values.Network };

    readonly Option<IPAddress?> gateway = new("--gateway") { Description = "The gateway, instead of the file's.", HelpName = "ADDRESS", CustomParser = Values.Address };

    readonly Option<string?> attachTo = new("--interface") { Description = "The interface, instead of the file's.", HelpName = "NAME", CustomParser = Values.NotBlank };

    readonly Option<NetworkDriver?> driver = new("--driver")
    {
        Description = $"The driver, instead of the file's: {string.Join(", ", Token<NetworkDriver>.All)}.",
        HelpName = "DRIVER",
        CustomParser = Values.Word<NetworkDriver>,
    };

    readonly Option<int?> seed = new("--seed") { Description = "What everything left to chance starts from, so that it can be repeated.", HelpName = "N" };

    readonly PlacingOptions placing = new();

    internal DeployCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("deploy", "Build a fleet of an INI file and bring it up.", global, environment)
    {
        Add(ini);
        Add(replace);
        Add(dryRun);
        Add(subnet);
        Add(gateway);
        Add(attachTo);
        Add(driver);
        Add(seed);
        placing.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var description = FleetIniParser.Load(arguments.GetRequiredValue(ini)).ThrowIfInvalid();
        var isDryRun = arguments.GetValue(dryRun);
        var host = await OpenAsync(arguments, log, isDryRun ? StoreAccess.Read : StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var options = new DeployOptions { Replace = arguments.GetValue(replace) };
        if (!isDryRun)
        {
            return await WorkAsync(
                arguments, log, host, progress => host.Service.DeployAsync(DescribeAsync, options, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        var present = await host.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var fleet = await DescribeAsync(present, cancellationToken).ConfigureAwait(false);
        var plan = await host.Service.PlanDeployAsync(fleet, options, cancellationToken).ConfigureAwait(false);
        DeployPlanRows.Write(Terminal, plan, Global.Json(arguments));
        return ExitCodes.Done;

        async Task<Fleet> DescribeAsync(DesiredState state, CancellationToken token)
        {
            var fleet = await BuildAsync(arguments, description, (state as DesiredState.Known)?.Fleet, host, token).ConfigureAwait(false);
            return await placing.PlaceAsync(arguments, host, fleet, state, token).ConfigureAwait(false);
        }
    }

    async Task<Fleet> BuildAsync(ParseResult arguments, FleetIni description, Fleet? present, LocalFleet host, CancellationToken cancellationToken)
    {
        var options = new FleetDescriptionOptions
        {
            Subnet = arguments.GetValue(subnet),
            Gateway = arguments.GetValue(gateway),
            Interface = arguments.GetValue(attachTo),
            Driver = arguments.GetValue(driver),
            Seed = arguments.GetValue(seed),
            Replace = arguments.GetValue(replace),
        };
        var describer = new FleetDescriber(host.Clock, Environment.DetectInterface, host.ReadTakenAsync);
        var built = await describer.DescribeAsync(description, present, options, cancellationToken).ConfigureAwait(false);
        var fleet = built.GetFleet();
        foreach (var warning in built.Warnings)
        {
            await Terminal.Error.WriteLineAsync($"{built.Subject}: {warning}").ConfigureAwait(false);
        }

        return fleet;
    }
}
