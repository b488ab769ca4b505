namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Gives deckies their host names: those that are asked for are checked and taken first, wherever they are in the plan.</summary>
internal sealed class HostnameAssigner
{
    readonly HostnameGenerator generator;
    readonly List<FleetIssue> issues;

    internal HostnameAssigner(BuildPlan plan, Random random, List<FleetIssue> issues)
    {
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
    }

    internal string Next(DeckyWish decky, DistroDefinition distro, OsFamilyDefinition family) =>
        decky.Hostname ?? generator.Next(distro, family);

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
