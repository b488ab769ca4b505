namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Containers;

/// <summary>
/// Finds the container that plays a role among those of a decky. An interrupted replacement can leave two: a running one
/// counts, so that no second one is started beside it, then the one with the proper name, then the one with the lowest id.
/// So every pass decides alike.
/// </summary>
internal static class DeckyContainers
{
    internal static ObservedContainer? FindBase(string decky, ReadOnlySpan<ObservedContainer> containers)
    {
        ObservedContainer? best = null;
        foreach (var container in containers)
        {
            if (container.Role == ContainerRole.Base)
            {
                best = Better(best, container, decky, null);
            }
        }

        return best;
    }

    internal static ObservedContainer? FindService(string decky, string slug, ReadOnlySpan<ObservedContainer> containers)
    {
        ObservedContainer? best = null;
        foreach (var container in containers)
        {
            if (container.Role == ContainerRole.Service && container.ServiceName == slug)
            {
                best = Better(best, container, decky, slug);
            }
        }

        return best;
    }

    static ObservedContainer Better(ObservedContainer? best, ObservedContainer other, string decky, string? slug)
    {
        if (best is null)
        {
            return other;
        }

        var bestRuns = best.State == ContainerState.Running;
        if (bestRuns != (other.State == ContainerState.Running))
        {
            return bestRuns ? best : other;
        }

        var otherNamed = IsNamed(other.Name, decky, slug);
        if (otherNamed != IsNamed(best.Name, decky, slug))
        {
            return otherNamed ? other : best;
        }

        return string.CompareOrdinal(best.Id, other.Id) <= 0 ? best : other;
    }

    /// <summary>Whether a name is the proper one of a container, without making that name.</summary>
    static bool IsNamed(string name, string decky, string? slug)
    {
        if (slug is null)
        {
            return name == decky;
        }

        if (name.Length != decky.Length + 1 + slug.Length || !name.StartsWith(decky, StringComparison.Ordinal) || name[decky.Length] != '-')
        {
            return false;
        }

        for (var i = 0; i < slug.Length; i++)
        {
            var expected = slug[i] == '_' ? '-' : slug[i];
            if (name[decky.Length + 1 + i] != expected)
            {
                return false;
            }
        }

        return true;
    }
}
