namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.CommandLine.Parsing;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;

/// <summary>Which host gets which decky.</summary>
internal sealed class PlacingOptions
{
    const string RoundRobin = "round-robin";

    readonly Option<PlacementRule?> placement = new("--placement")
    {
        Description = $"Where new deckies go that name no host: local, to this machine, or {RoundRobin}, over the active hosts. Default: local.",
        HelpName = "RULE",
        CustomParser = Rule,
    };

    readonly Option<(DeckyName Decky, HostId Host)[]> hostOf = new("--host-of")
    {
        Description = "The host of a decky, by name or identity, as DECKY=HOST; 'local' is this machine.",
        HelpName = "DECKY=HOST",
        CustomParser = Hosts,
        DefaultValueFactory = static _ => [],
    };

    internal void AddTo(Command command)
    {
        command.Add(placement);
        command.Add(hostOf);
    }

    /// <summary>Places the deckies of a fleet that is to be deployed. Without other hosts it stays as it is.</summary>
    /// <exception cref="FleetValidationException">A decky or a host is not there; the error has every reason.</exception>
    internal async Task<Fleet> PlaceAsync(ParseResult arguments, LocalFleet local, Fleet fleet, DesiredState present, CancellationToken cancellationToken)
    {
        var chosen = (arguments.GetValue(hostOf) ?? []).ToDictionary(pair => pair.Decky, pair => pair.Host);
        KnownDeckies.Check([.. chosen.Keys], [.. fleet.Deckies.Select(decky => decky.Name)]);
        var wanted = fleet with
        {
            Deckies = [.. fleet.Deckies.Select(decky => chosen.TryGetValue(decky.Name, out var host) ? decky with { HostId = host } : decky)],
        };
        return local.Master is { } master
            ? await master.PlaceAsync(wanted, present, arguments.GetValue(placement) ?? PlacementRule.Local, cancellationToken).ConfigureAwait(false)
            : HostPlacement.Place(wanted, (present as DesiredState.Known)?.Fleet, [], local.HostId, arguments.GetValue(placement) ?? PlacementRule.Local, local.Clock.GetUtcNow());
    }

    static PlacementRule? Rule(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "local":
                return PlacementRule.Local;
            case RoundRobin:
                return PlacementRule.RoundRobin;
            default:
                result.AddError($"--placement takes local or {RoundRobin}, not '{result.Tokens[0].Value}'.");
                return null;
        }
    }

    static (DeckyName Decky, HostId Host)[] Hosts(ArgumentResult result)
    {
        var pairs = new List<(DeckyName Decky, HostId Host)>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var parts = text.Split('=');
            if (parts.Length == 2 && DeckyName.TryParse(parts[0], out var decky) && HostId.TryParse(parts[1], out var host) && pairs.All(pair => pair.Decky != decky))
            {
                pairs.Add((decky, host));
            }
            else
            {
                result.AddError($"--host-of takes DECKY=HOST, each decky once, not '{text}'.");
            }
        }

        return [.. pairs];
    }
}
