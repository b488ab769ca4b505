namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary><c>decnetd mutate</c>: gives deckies other services.</summary>
internal sealed class MutateCommand : WorkCommand
{
    readonly Argument<DeckyName[]> names = DeckySelection.Argument("The deckies.", required: true);

    readonly Option<string[]?> services = new("--service", "--services")
    {
        Description = "The services that they get, between commas. Default: a choice by chance of what suits them.",
        HelpName = "A,B",
        CustomParser = static result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    internal MutateCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("mutate", "Give deckies other services.", global, environment)
    {
        Add(names);
        Add(services);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var chosen = arguments.GetValue(services);
        var options = new MutateOptions { Services = chosen is null ? null : [.. chosen] };
        return await WorkAsync(
            arguments,
            log,
            host,
            progress => host.Service.MutateAsync(arguments.GetRequiredValue(names), options, progress, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }
}
