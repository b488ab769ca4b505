namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Gives deckies their MAC addresses: the one that a decky had before, if that is one of its OS family, else a new one.</summary>
internal sealed class MacAssigner
{
    readonly MacGenerator? generator;
    readonly HashSet<DeckyWish> kept = new(ReferenceEqualityComparer.Instance);

    internal MacAssigner(BuildPlan plan, Random random)
    {
        // Deckies of an ipvlan have the address of the host's interface.
        if (plan.Driver == NetworkDriver.Ipvlan)
        {
            return;
        }

        generator = new MacGenerator(random, plan.Wishes.Count);
        foreach (var address in plan.Existing.Select(decky => decky.MacAddress).OfType<MacAddress>())
        {
            generator.TryClaim(address);
        }

        foreach (var wish in plan.Wishes)
        {
            if (wish.Before?.MacAddress is { } address && generator.TryClaim(address))
            {
                kept.Add(wish);
            }
        }
    }

    internal MacAddress? Next(DeckyWish wish, OsFamilyDefinition family) =>
        kept.Contains(wish) && Fits(wish.Before!, family) ? wish.Before!.MacAddress : generator?.Next(family);

    bool Fits(Decky before, OsFamilyDefinition family) =>
        before.NmapOs == family.Slug || generator!.IsOf(family, before.MacAddress!.Value);
}
