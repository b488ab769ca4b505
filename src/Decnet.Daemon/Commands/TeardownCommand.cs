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
        if (all && !arguments.GetValue(yes) && !await AgreesAsync(cancellationToken).ConfigureAwait(false))
        {
            return ExitCodes.BadInput;
        }

        var host = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        return await WorkAsync(
            arguments,
            log,
            progress => all
                ? host.Service.TeardownAllAsync(progress, cancellationToken)
                : host.Service.TeardownAsync(selection.Names(arguments), progress, cancellationToken)).ConfigureAwait(false);
    }

    async Task<bool> AgreesAsync(CancellationToken cancellationToken)
    {
        if (!Terminal.InIsTerminal)
        {
            await Terminal.Error.WriteLineAsync("Nothing was done: without a terminal, --all needs --yes.").ConfigureAwait(false);
            return false;
        }

        await Terminal.Error.WriteAsync("Tear the whole fleet down? [y/N] ").ConfigureAwait(false);
        await Terminal.Error.FlushAsync(cancellationToken).ConfigureAwait(false);
        // Reading from a terminal cannot be cancelled, so the wait is.
        var answer = await Task.Run(Terminal.In.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (answer?.Trim().ToLowerInvariant() is "y" or "yes")
        {
            return true;
        }

        await Terminal.Error.WriteLineAsync("Nothing was done.").ConfigureAwait(false);
        return false;
    }
}
