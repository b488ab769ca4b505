namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>
/// Gives deckies their MAC addresses: those that are asked for are taken first, wherever they are in the plan; then those that
/// deckies had before and that are of their OS family; else new ones.
/// </summary>
internal sealed class MacAssigner
{
    readonly MacGenerator? generator;
    readonly List<FleetIssue> issues;
    readonly HashSet<DeckyWish> kept = new(ReferenceEqualityComparer.Instance);

    internal MacAssigner(BuildPlan plan, Random random, List<FleetIssue> issues)
    {
        this.issues = issues;

        // Deckies of an ipvlan have the address of the host's interface.
        if (plan.Driver == NetworkDriver.Ipvlan)
        {
            Ignore(plan.Wishes.FirstOrDefault(wish => wish.MacAddress is not null));
            return;
        }

        generator = new MacGenerator(random, plan.Wishes.Count);
        foreach (var address in plan.Existing.Select(decky => decky.MacAddress).OfType<MacAddress>())
        {
            generator.TryClaim(address);
        }

        foreach (var wish in plan.Wishes)
        {
            if (wish.MacAddress is { } address)
            {
                Claim(wish, address);
            }
        }

        foreach (var wish in plan.Wishes)
        {
            if (wish is { MacAddress: null, Before.MacAddress: { } address } && generator.TryClaim(address))
            {
                kept.Add(wish);
            }
        }
    }

    internal MacAddress? Next(DeckyWish wish, OsFamilyDefinition family) =>
        generator is null ? null
        : wish.MacAddress ?? (kept.Contains(wish) && Fits(wish.Before!, family) ? wish.Before!.MacAddress : generator.Next(family));

    bool Fits(Decky before, OsFamilyDefinition family) =>
        before.NmapOs == family.Slug || generator!.IsOf(family, before.MacAddress!.Value);

    void Claim(DeckyWish wish, MacAddress address)
    {
        if (!generator!.TryClaim(address))
        {
            issues.Add(FleetIssue.Error("duplicate-mac", $"The MAC address {address} of {wish.Name} is that of another decky, too.", "choose another one, or leave it out", wish.Name, wish.Line("mac")));
        }
    }

    void Ignore(DeckyWish? first)
    {
        if (first is not null)
        {
            issues.Add(FleetIssue.Warning("ignored-mac", "MAC addresses are ignored: the deckies of an ipvlan have that of the host's interface.", "remove 'mac', or choose another driver", first.Name, first.Line("mac")));
        }
    }
}
