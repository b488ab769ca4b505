namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;

/// <summary><c>decnetd teardown</c>: removes deckies, or the whole fleet.</summary>
internal sealed class TeardownCommand : WorkCommand
{
    readonly DeckySelection selection = new("The whole fleet of this host, with its network.");

    readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask before the whole fleet is torn down." };

    internal TeardownCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("teardown", "Remove deckies, or the whole fleet.", global, environment)
    {
        selection.AddTo(this);
        Add(yes);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var all = selection.All(arguments);
        if (all && !arguments.GetValue(yes) && !await Consent.AskAsync(Terminal, "Tear the whole fleet down?", "--all needs --yes", cancellationToken).ConfigureAwait(false))
        {
            return ExitCodes.BadInput;
        }

        var host = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        return await WorkAsync(
            arguments,
            log,
            host,
            progress => all
                ? host.Service.TeardownAllAsync(progress, cancellationToken)
                : host.Service.TeardownAsync(selection.Names(arguments), progress, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }
}
