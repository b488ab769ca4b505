namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;

/// <summary><c>decnetd host remove</c>: takes a host out of the fleet.</summary>
internal sealed class HostRemoveCommand : HostCommandBase
{
    readonly Argument<string> name = HostArgument.One();

    readonly Option<bool> force = new("--force") { Description = "Also when deckies are on it: they go from the fleet, and keep running on the host until somebody removes them there." };

    readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask." };

    internal HostRemoveCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("remove", "Take a host out of the fleet, and revoke its certificate. What runs on it is not touched.", global, environment)
    {
        Add(name);
        Add(force);
        Add(yes);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var local = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        var master = MasterOf(local);
        var host = await master.Hosts.GetAsync(arguments.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
        if (!arguments.GetValue(yes) && !await Consent.AskAsync(Terminal, $"Remove the host {host.Name} and revoke its certificate?", "it needs --yes", cancellationToken).ConfigureAwait(false))
        {
            return ExitCodes.BadInput;
        }

        await master.Hosts.UnregisterAsync(host.HostId.Value, arguments.GetValue(force), cancellationToken).ConfigureAwait(false);
        await Terminal.Error.WriteLineAsync($"The host {host.Name} is out of the fleet. Its certificate is good for nothing any more.").ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
