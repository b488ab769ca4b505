namespace Decnet.Fleet.Docker.Observing;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;

/// <summary>
/// Proves losses that <see cref="NetworkLoss"/> supposes. The ages of a listing are by the clock of the engine's host; when that
/// was set back between two starts, the later one looks earlier. The processes tell for certain, by the numbers of their network
/// namespaces. Nothing is asked while nothing is supposed.
/// </summary>
internal sealed class NetworkLossProof(EngineClient engine)
{
    const string Columns = "-o pid,netns";
    const string Title = "NETNS";

    /// <summary>Takes back what is not so, and what cannot be proven of a base that says of itself that it has just begun.</summary>
    /// <param name="containers">The containers, whose supposed losses are corrected.</param>
    /// <param name="justBegun">The ids of bases that run for less than a second, or since a time to come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task CorrectAsync(ObservedContainer[] containers, IReadOnlySet<string> justBegun, CancellationToken cancellationToken)
    {
        var namespaces = new Dictionary<string, HashSet<string>?>(StringComparer.Ordinal);
        for (var i = 0; i < containers.Length; i++)
        {
            if (containers[i] is not { NetworkLost: true, NetworkContainerId: { } joined, Id: var id })
            {
                continue;
            }

            if (!namespaces.TryGetValue(joined, out var ofBase))
            {
                namespaces[joined] = ofBase = await NamespacesAsync(joined, cancellationToken).ConfigureAwait(false);
            }

            var own = ofBase is null ? null : await NamespacesAsync(id, cancellationToken).ConfigureAwait(false);
            var lost = ofBase is not null && own is not null ? !ofBase.Overlaps(own) : !justBegun.Contains(joined);
            containers[i] = containers[i] with { NetworkLost = lost };
        }
    }

    /// <summary>The network namespaces of a container's processes; null when the engine's host cannot tell.</summary>
    async Task<HashSet<string>?> NamespacesAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var table = await engine.Containers.TopAsync(id, Columns, cancellationToken).ConfigureAwait(false);
            var column = Array.IndexOf(table.Titles ?? [], Title);
            HashSet<string> found = [.. from process in table.Processes ?? []
                where column >= 0 && process?.Length > column && process[column] is { Length: > 0 } text && text.All(char.IsAsciiDigit)
                select process[column]!];
            return found.Count > 0 ? found : null;
        }
        catch (DockerEngineException)
        {
            // It ended meanwhile, or the host has no ps that knows namespaces.
            return null;
        }
    }
}
