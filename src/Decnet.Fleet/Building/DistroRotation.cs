namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Gives deckies distributions of a list, by turns or by chance.</summary>
internal sealed class DistroRotation(IReadOnlyList<DistroDefinition> distros, Random? random = null)
{
    int next;

    internal DistroDefinition Next() => random is not null ? distros[random.Next(distros.Count)] : distros[next++ % distros.Count];
}
