namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Refuses services of one decky that open the same port, since they share a network namespace; like deckies are checked once.</summary>
internal sealed class PortCheck(FleetCatalog catalog, List<FleetIssue> issues)
{
    readonly Dictionary<ValueList<string>, ValueList<PortConflict>> withoutSettings = new(ReferenceEqualityComparer.Instance);
    (ValueList<string>? Services, object? Settings, bool Fits) last;

    internal bool Run(DeckyWish decky, ValueList<string> services, ValueMap<ValueMap<SettingValue>> settings)
    {
        if (!ReferenceEquals(services, last.Services) || !ReferenceEquals(settings, last.Settings))
        {
            var conflicts = Conflicts(services, settings);
            foreach (var conflict in conflicts)
            {
                issues.Add(FleetIssue.Error("port-conflict", $"The port {conflict}, and one decky can open it once only.", "leave all but one out", decky.Persona.Target, decky.Line("services")));
            }

            last = (services, settings, conflicts.Count == 0);
        }

        return last.Fits;
    }

    /// <summary>Whether no port is opened twice; nothing is reported.</summary>
    internal bool Fit(ValueList<string> services, ValueMap<ValueMap<SettingValue>> settings) => Conflicts(services, settings).Count == 0;

    ValueList<PortConflict> Conflicts(ValueList<string> services, ValueMap<ValueMap<SettingValue>> settings)
    {
        foreach (var slug in settings.Keys)
        {
            if (catalog.FindService(slug) is { ConditionalPorts.Count: > 0 })
            {
                return catalog.FindPortConflicts(services, settings);
            }
        }

        if (!withoutSettings.TryGetValue(services, out var conflicts))
        {
            withoutSettings[services] = conflicts = catalog.FindPortConflicts(services);
        }

        return conflicts;
    }
}
