namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Composes the deckies of a fleet, and composes again only what changed: a converged pass over an unchanged file composes
/// nothing.
/// </summary>
internal sealed class SubjectCache(HostId hostId, DeckyBlueprints blueprints)
{
    readonly Lock gate = new();
    Fleet? fleet;
    SubjectSet? subjects;

    internal SubjectSet For(Fleet wanted)
    {
        lock (gate)
        {
            if (!ReferenceEquals(fleet, wanted) || subjects is null)
            {
                subjects = Compose(wanted, Reusable(wanted));
                fleet = wanted;
            }

            return subjects;
        }
    }

    /// <summary>The subjects of the last fleet, if what they depend on besides their decky is the same.</summary>
    Dictionary<DeckyName, Subject> Reusable(Fleet wanted) =>
        fleet is not null && subjects is not null && DeckyBlueprints.Frame(fleet) == DeckyBlueprints.Frame(wanted)
            ? subjects.Subjects.ToDictionary(subject => subject.Name)
            : [];

    SubjectSet Compose(Fleet wanted, Dictionary<DeckyName, Subject> reusable)
    {
        var catalog = FleetCatalog.For(wanted);
        var compose = blueprints.Of(wanted);
        var composed = new List<Subject>(wanted.Deckies.Count);
        var invalid = new Dictionary<DeckyName, string>();
        var names = new HashSet<DeckyName>(wanted.Deckies.Count);
        foreach (var decky in wanted.Deckies)
        {
            if (decky.EffectiveHost(hostId) != hostId)
            {
                continue;
            }

            if (!names.Add(decky.Name))
            {
                invalid[decky.Name] = $"'{decky.Name}' is in the fleet twice for the host '{hostId}'. Rename or remove one.";
                continue;
            }

            if (reusable.TryGetValue(decky.Name, out var subject) && subject.Blueprint!.Decky == decky)
            {
                composed.Add(subject);
                continue;
            }

            try
            {
                composed.Add(new Subject(decky.Name, ServicesOf(decky.Services, catalog), compose(decky)));
            }
            catch (DecnetException error)
            {
                invalid[decky.Name] = error.Message;
            }
        }

        composed.RemoveAll(subject => invalid.ContainsKey(subject.Name));
        return new SubjectSet([.. composed], invalid);
    }

    internal static string[] ServicesOf(ValueList<string> services, FleetCatalog catalog) =>
        [.. services.Where(slug => catalog.FindService(slug) is not { FleetSingleton: true })];
}
