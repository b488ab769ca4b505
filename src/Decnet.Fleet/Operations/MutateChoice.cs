namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Finds the deckies that get other services, and these services.</summary>
internal sealed class MutateChoice(FleetGround ground, MutateOptions options, Fleet fleet, IReadOnlyList<Suspension> suspensions)
{
    readonly FleetCatalog catalog = FleetCatalog.For(fleet);
    readonly DateTimeOffset now = ground.Clock.GetUtcNow();
    readonly List<FleetIssue> issues = [];
    readonly List<DeckyName> unchanged = [];

    /// <summary>Adds an operation for each of them to a draft.</summary>
    /// <param name="names">The deckies.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="atOnce">How many deckies change at a time.</param>
    /// <returns>The deckies that keep their services.</returns>
    /// <exception cref="FleetValidationException">A decky is not in the fleet, or services do not fit.</exception>
    internal ValueList<DeckyName> Make(IReadOnlyCollection<DeckyName> names, FleetWorkDraft draft, int atOnce)
    {
        var rotation = new ServiceRotation(catalog, fleet, ground.Random);
        foreach (var name in names.Distinct())
        {
            if (fleet.Find(name) is not { } decky)
            {
                issues.Add(UnknownDecky.Issue(name, fleet.Deckies.Select(known => known.Name)));
            }
            else if (Choose(decky, rotation) is { } services)
            {
                draft.AddMutate(decky with { Services = services, LastMutated = now }, decky, draft.Items.Count / atOnce, options.Trigger);
            }
            else if (options.OperationIds.ContainsKey(name))
            {
                draft.AddMutate(decky, decky, draft.Items.Count / atOnce, options.Trigger);
            }
            else
            {
                unchanged.Add(name);
            }
        }

        return issues.Count == 0 ? [.. unchanged] : throw new FleetValidationException("The change of services", issues);
    }

    /// <summary>The new services of a decky; null when it keeps what it has.</summary>
    ValueList<string>? Choose(Decky decky, ServiceRotation rotation)
    {
        var asked = options.ServicesOf.TryGetValue(decky.Name, out var own) ? own : options.Services;
        if (asked is not null)
        {
            issues.AddRange(ServiceCheck.OfChange(catalog, decky, asked));
        }

        if (options.Trigger == MutationTrigger.Scheduled && !IsItsTurn(decky))
        {
            return null;
        }

        var services = asked ?? rotation.Choose(decky);
        return services is null || ServiceRotation.IsSame(services, decky.Services) ? null : services;
    }

    /// <summary>Whether its interval is over. It may have rotated, or been suspended, since somebody looked.</summary>
    bool IsItsTurn(Decky decky) =>
        MutationSchedule.IsDue(decky, now)
        && !suspensions.Any(order => order.HostId == decky.EffectiveHost(ground.HostId) && order.Covers(decky.Name));
}
