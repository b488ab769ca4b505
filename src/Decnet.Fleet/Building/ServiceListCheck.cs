namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Checks services that are named: each exists, comes once, and can run on a decky.</summary>
internal readonly struct ServiceListCheck(BuildCatalog catalog, List<FleetIssue> issues)
{
    internal bool Run(ValueList<string> services, string target, int? line)
    {
        var fits = true;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slug in services)
        {
            var isNew = seen.Add(slug);
            if (!isNew)
            {
                issues.Add(FleetIssue.Error("duplicate-service", $"The service '{slug}' is named twice.", "name it once", target, line));
            }

            fits &= isNew && Runs(slug, target, line);
        }

        return fits;
    }

    bool Runs(string slug, string target, int? line)
    {
        var service = catalog.Service(slug, target, line, issues);
        if (service is { FleetSingleton: true })
        {
            issues.Add(FleetIssue.Error("singleton-service", $"The service '{slug}' runs once for the whole fleet, not on a decky.", "leave it out", target, line));
        }

        return service is { FleetSingleton: false };
    }
}
