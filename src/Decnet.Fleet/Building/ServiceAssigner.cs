namespace Decnet.Fleet.Building;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>
/// Gives deckies their services and the settings of these: those that were asked for, those that the decky had before, or
/// such as chance gives.
/// </summary>
internal sealed class ServiceAssigner(BuildPlan plan, FleetCatalog catalog, Random random, SettingsResolver settings, PortCheck ports)
{
    ServiceDealer? dealer;

    /// <summary>The services of a decky; they do not fit when they open a port twice, which has been reported.</summary>
    internal (ValueList<string> Services, ValueMap<ValueMap<SettingValue>> Config, bool Fit) Next(DeckyWish wish, Persona persona)
    {
        // What is asked for is checked even when it is not used, so that a faulty description never passes.
        var config = persona.Services is null ? null : settings.Resolve(wish.Settings, persona.Services);
        var fit = config is null || ports.Run(wish, persona.Services!, config);
        if (fit && Kept(wish, persona) is { } kept)
        {
            var keptConfig = KeptConfig(wish, persona, kept);
            if (ports.Fit(kept, keptConfig))
            {
                return (kept, keptConfig, true);
            }
        }

        var services = persona.Services ?? (dealer ??= Dealer()).Next();
        return (services, config ?? settings.Resolve(wish.Settings, services), fit);
    }

    /// <summary>
    /// The services that a decky had before, if it shall keep them: services that nobody has asked for, and those of a decky
    /// that rotates, since rotation has changed them on purpose.
    /// </summary>
    ValueList<string>? Kept(DeckyWish wish, Persona persona)
    {
        if (wish.Before is not { Services.Count: > 0 } before || before.Archetype != persona.Archetype)
        {
            return null;
        }

        var rotates = wish.MutateInterval is not null && before.LastMutated is not null;
        return (rotates || persona.Services is null) && before.Services.All(Runs) ? before.Services : null;
    }

    /// <summary>Settings also for services that are asked for or had some before: rotation may bring them back.</summary>
    ValueMap<ValueMap<SettingValue>> KeptConfig(DeckyWish wish, Persona persona, ValueList<string> kept)
    {
        var services = kept.Concat(persona.Services ?? []).Concat(wish.Before!.ServiceConfig.Keys).Distinct(StringComparer.Ordinal);
        return settings.Resolve(wish.Settings, wish.Settings is null ? kept : [.. services]);
    }

    bool Runs(string slug) => catalog.FindService(slug) is { FleetSingleton: false };

    ServiceDealer Dealer()
    {
        var fresh = new ServiceDealer(catalog, catalog.ServicePool, random);
        foreach (var wish in plan.Wishes)
        {
            if (wish.Before is { } before)
            {
                fresh.Take(before.Services);
            }
        }

        return fresh;
    }
}
