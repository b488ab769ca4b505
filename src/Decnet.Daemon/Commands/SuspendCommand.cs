namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;

/// <summary><c>decnetd suspend</c>: orders deckies to be left alone, without repair and rotation.</summary>
internal sealed class SuspendCommand : DaemonCommand
{
    readonly DeckySelection selection = new("The whole fleet of this host.");

    readonly Option<string?> reason = new("--reason") { Description = "Why, for those who look at the status.", HelpName = "TEXT" };

    internal SuspendCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("suspend", "Leave deckies alone: no repair, no rotation, until 'resume'.", global, environment)
    {
        selection.AddTo(this);
        Add(reason);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var why = arguments.GetValue(reason);
        if (selection.All(arguments))
        {
            await host.Service.SuspendAsync(null, Environment.User, why, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Done;
        }

        var names = selection.Names(arguments);
        await KnownDeckies.CheckAsync(host, names, cancellationToken).ConfigureAwait(false);
        foreach (var name in names)
        {
            await host.Service.SuspendAsync(name, Environment.User, why, cancellationToken).ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }
}
