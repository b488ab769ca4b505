namespace Decnet.Fleet.Reconciling;

using System.Runtime.CompilerServices;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>
/// Composes a decky once, however many steps of a work ask for it: to check it, to plan it, to record it, and to look after it. It is
/// remembered for as long as the decky itself is.
/// </summary>
/// <param name="decoyImage">The image of services without one of their own.</param>
internal sealed class DeckyBlueprints(string decoyImage)
{
    readonly ConditionalWeakTable<Decky, Composed> known = [];

    /// <summary>What composes the deckies of a fleet. It throws what <see cref="DeckyComposer.Compose"/> throws.</summary>
    /// <exception cref="FleetValidationException">The catalog of the fleet cannot be used.</exception>
    internal Func<Decky, DeckyBlueprint> Of(Fleet fleet)
    {
        var composer = new DeckyComposer(FleetCatalog.For(fleet), decoyImage);
        var frame = Frame(fleet);
        return decky =>
        {
            if (known.TryGetValue(decky, out var composed) && composed.Frame == frame)
            {
                return composed.Blueprint;
            }

            var blueprint = composer.Compose(fleet, decky);
            known.AddOrUpdate(decky, new Composed(frame, blueprint));
            return blueprint;
        };
    }

    /// <summary>What the blueprint of a decky depends on besides the decky.</summary>
    internal static Fleet Frame(Fleet fleet) => fleet with { Deckies = [], MutateInterval = null, LogFile = null };

    sealed record Composed(Fleet Frame, DeckyBlueprint Blueprint);
}
