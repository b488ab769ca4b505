namespace Decnet.Fleet.Building;

using Decnet.Fleet.Model;

/// <summary>Gives deckies distributions of a list, by turns or by chance.</summary>
internal sealed class DistroRotation(IReadOnlyList<DistroDefinition> distros, Random? random = null)
{
    int next;

    /// <summary>The next distribution, or the one that a decky had before if that is on the list. Either way it is one turn.</summary>
    internal DistroDefinition Next(string? before)
    {
        var turn = random is not null ? distros[random.Next(distros.Count)] : distros[next++ % distros.Count];
        return before is null ? turn : distros.FirstOrDefault(distro => distro.Slug == before) ?? turn;
    }
}
