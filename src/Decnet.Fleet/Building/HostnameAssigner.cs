namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Gives deckies their host names: those that are asked for are checked and taken first, wherever they are in the plan, then
/// those that deckies had before.
/// </summary>
internal sealed class HostnameAssigner
{
    readonly HostnameGenerator generator;
    readonly FleetCatalog catalog;
    readonly List<FleetIssue> issues;
    readonly HashSet<DeckyWish> kept = new(ReferenceEqualityComparer.Instance);

    internal HostnameAssigner(BuildPlan plan, FleetCatalog catalog, Random random, List<FleetIssue> issues)
    {
        this.catalog = catalog;
        this.issues = issues;
        generator = new HostnameGenerator(random, HostnameWords.Embedded, plan.Wishes.Count);
        foreach (var decky in plan.Existing)
        {
            generator.TryClaim(decky.Hostname);
        }

        foreach (var wish in plan.Wishes)
        {
            if (wish.Hostname is not null)
            {
                Claim(wish, wish.Hostname);
            }
        }

        foreach (var wish in plan.Wishes)
        {
            if (wish is { Hostname: null, Before.Hostname: var before } && HostnameRule.IsValid(before) && generator.TryClaim(before))
            {
                kept.Add(wish);
            }
        }
    }

    internal string Next(DeckyWish decky, DistroDefinition distro, OsFamilyDefinition family) =>
        decky.Hostname ?? (kept.Contains(decky) && Fits(decky.Before!, distro, family) ? decky.Before!.Hostname : generator.Next(distro, family));

    /// <summary>Whether a decky that was made otherwise would be named in the same way.</summary>
    bool Fits(Decky before, DistroDefinition distro, OsFamilyDefinition family) =>
        before.NmapOs == family.Slug && (before.Distro == distro.Slug || family.HostnamePatterns.Count > 0)
        || (catalog.FindDistro(before.Distro) is { } oldDistro
            && catalog.FindOsFamily(before.NmapOs) is { } oldFamily
            && generator.NamesAlike((oldDistro, oldFamily), (distro, family)));

    void Claim(DeckyWish decky, string hostname)
    {
        var line = decky.Line("hostname");
        if (!HostnameRule.IsValid(hostname))
        {
            issues.Add(FleetIssue.Error("bad-hostname", $"'{hostname}' of {decky.Name} is not a host name.", HostnameRule.Fix, decky.Name, line));
        }
        else if (!generator.TryClaim(hostname))
        {
            issues.Add(FleetIssue.Error("duplicate-hostname", $"The host name '{hostname}' of {decky.Name} is that of another decky, too.", "choose another one, or leave it out", decky.Name, line));
        }
    }
}
