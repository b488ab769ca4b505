namespace Decnet.Fleet.Docker.Observing;

using Decnet.Fleet.Containers;

/// <summary>
/// Supposes which services run in a network that their base has left: ones that have run for longer than their base has.
/// The engine tells that only in rounded words, so that a base that was started anew soon after its services is not seen.
/// </summary>
internal static class NetworkLoss
{
    const int IdLength = 64;

    /// <summary>Makes the result of a listing.</summary>
    /// <param name="listed">What was listed.</param>
    /// <param name="skew">How long the listing took: the engine rounds each age at a moment of its own.</param>
    internal static ObservedContainer[] Judge(List<ListedContainer> listed, TimeSpan skew)
    {
        var containers = new ObservedContainer[listed.Count];
        var bases = new Dictionary<string, ListedContainer>(StringComparer.Ordinal);
        for (var i = 0; i < containers.Length; i++)
        {
            containers[i] = listed[i].Container;
            if (listed[i].Container.Role == ContainerRole.Base)
            {
                bases[listed[i].Container.Id] = listed[i];
            }
        }

        for (var i = 0; i < containers.Length; i++)
        {
            var container = containers[i];
            if (container.NetworkContainerId is { } joined)
            {
                containers[i] = Judge(listed[i], IdOf(joined, bases), bases, skew);
            }
        }

        return containers;
    }

    /// <summary>The containers that run for less than a second. The engine says so of all whose start its clock has yet to reach.</summary>
    internal static IReadOnlySet<string> JustBegun(List<ListedContainer> listed) =>
        listed.Where(container => container.Uptime == AgeRange.LessThanASecond).Select(container => container.Container.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Somebody who joined a network by hand may have named the base instead.</summary>
    static string IdOf(string joined, Dictionary<string, ListedContainer> bases) =>
        joined.Length == IdLength
            ? joined
            : bases.Values.Select(@base => @base.Container).FirstOrDefault(@base => @base.Name == joined)?.Id ?? joined;

    static ObservedContainer Judge(ListedContainer listed, string joined, Dictionary<string, ListedContainer> bases, TimeSpan skew)
    {
        var container = listed.Container;
        if (!bases.TryGetValue(joined, out var @base))
        {
            return container;
        }

        var lost = container.State == ContainerState.Running
            && @base.Container.State == ContainerState.Running
            && listed.Uptime is { } age
            && @base.Uptime is { } baseAge
            && baseAge.Longest + skew < age.Shortest;
        return lost || joined != container.NetworkContainerId ? container with { NetworkLost = lost, NetworkContainerId = joined } : container;
    }
}
