namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Says everything that is wrong with the services of one decky.</summary>
internal static class ServiceCheck
{
    /// <summary>As <see cref="Of"/>, for services that a decky shall get instead of its own.</summary>
    internal static IEnumerable<FleetIssue> OfChange(FleetCatalog catalog, Decky decky, ValueList<string> asked) =>
        Of(catalog, decky.Name, asked, decky.ServiceConfig).Concat(asked
            .Where(slug => catalog.FindService(slug) is { FleetSingleton: true })
            .Select(slug => FleetIssue.Error(
                "singleton-service", $"The service '{slug}' runs once for the whole fleet, not on a decky.", "leave it out", decky.Name.Value)));

    internal static IEnumerable<FleetIssue> Of(
        FleetCatalog catalog, DeckyName name, ValueList<string> services, ValueMap<ValueMap<SettingValue>> settings)
    {
        if (services.Count == 0)
        {
            yield return FleetIssue.Error("no-services", $"'{name}' would have no services.", "name at least one", name.Value);
        }

        foreach (var slug in services.GroupBy(slug => slug, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return FleetIssue.Error("duplicate-service", $"'{name}' lists the service '{slug.Key}' {slug.Count()} times.", "name it once", name.Value);
        }

        var unknown = services.Where(slug => catalog.FindService(slug) is null).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var slug in unknown)
        {
            yield return UnknownSlug.Service(catalog, slug) with { Target = name.Value };
        }

        if (unknown.Length == 0)
        {
            foreach (var conflict in catalog.FindPortConflicts(services, settings))
            {
                yield return FleetIssue.Error("port-conflict", $"The port {conflict}, and one decky can open it once only.", "leave all but one out", name.Value);
            }
        }
    }
}
