namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;

/// <summary><c>decnetd resume</c>: takes the order to leave deckies alone back.</summary>
internal sealed class ResumeCommand : DaemonCommand
{
    readonly DeckySelection selection = new("The order for the whole fleet; those for single deckies stay.");

    internal ResumeCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("resume", "Take back what 'suspend' has ordered.", global, environment) => selection.AddTo(this);

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        DeckyName?[] targets = selection.All(arguments) ? [null] : [.. selection.Names(arguments).Select(name => (DeckyName?)name)];
        foreach (var target in targets)
        {
            if (!await host.Service.ResumeAsync(target, Environment.User, cancellationToken).ConfigureAwait(false))
            {
                await Terminal.Error.WriteLineAsync($"{target?.Value ?? "The whole fleet"} was not suspended.").ConfigureAwait(false);
            }
        }

        return ExitCodes.Done;
    }
}
