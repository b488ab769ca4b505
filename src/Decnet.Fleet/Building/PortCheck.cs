namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Refuses services of one decky that open the same port, since they share a network namespace; like deckies are checked once.</summary>
internal sealed class PortCheck(FleetCatalog catalog, List<FleetIssue> issues)
{
    (ValueList<string>? Services, object? Settings, bool Fits) last;

    internal bool Run(DeckyWish decky, ValueList<string> services, ValueMap<ValueMap<SettingValue>> settings)
    {
        if (!ReferenceEquals(services, last.Services) || !ReferenceEquals(settings, last.Settings))
        {
            var conflicts = services.Count < 2 ? [] : catalog.FindPortConflicts(services, settings);
            foreach (var conflict in conflicts)
            {
                issues.Add(FleetIssue.Error("port-conflict", $"The port {conflict}, and one decky can open it once only.", "leave all but one out", decky.Persona.Target, decky.Line("services")));
            }

            last = (services, settings, conflicts.Count == 0);
        }

        return last.Fits;
    }
}
