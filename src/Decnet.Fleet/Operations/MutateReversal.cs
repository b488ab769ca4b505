namespace Decnet.Fleet.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>The way back of deckies whose new services did not come up, or were cancelled: first the fleet file, then the containers.</summary>
internal sealed class MutateReversal(FleetGround ground, Fleet fleet, OperationJournal journal)
{
    /// <summary>Of a second error so much is told, in characters, that the first one can be told, too.</summary>
    const int LongestSecondError = 900;

    static readonly RetryOptions OnlyOnce = new() { Window = TimeSpan.Zero };

    readonly ConcurrentDictionary<DeckyName, string> causes = [];

    internal void Failed(OperationItem item, string cause) => causes.TryAdd(item.Name, cause);

    /// <summary>Brings old services back and ends the operations as failed, with both errors if there are two.</summary>
    internal async Task BackAsync(IReadOnlyList<OperationItem> open, bool cancelled)
    {
        if (open.Count == 0)
        {
            return;
        }

        var (restored, problem) = await PutBackAsync(open).ConfigureAwait(false);
        OperationItem[] back =
        [
            .. open.Where(item => restored.Contains(item.Previous!)).Select(item => item with { Decky = item.Previous, Previous = item.Decky }),
        ];
        foreach (var item in open.ExceptBy(back.Select(item => item.Name), item => item.Name))
        {
            await LeaveAsync(item, problem).ConfigureAwait(false);
        }

        var retry = cancelled ? OnlyOnce : ground.Options.Retry;
        await new BringUp(ground, fleet, journal, retry, BackAsync).RunAsync(back, null, CancellationToken.None).ConfigureAwait(false);
    }

    Task BackAsync(OperationItem item, string? error, DeckyMirror? mirror)
    {
        var end = error is null
            ? $"its services are {item.Decky!.Services} again."
            : $"its old services {item.Decky!.Services} did not come back, either: {Operation.CutError(error, LongestSecondError)}";
        return FailAsync(item, item.Previous!, end, mirror);
    }

    /// <summary>Ends the operation of a decky whose old services are not those of the fleet file, so that they must not come back.</summary>
    async Task LeaveAsync(OperationItem item, string? problem)
    {
        var sight = await ground.Lookout.LookAsync(CancellationToken.None).ConfigureAwait(false);
        var end = problem is null
            ? "it is left as it is, since somebody else has changed it in the fleet file meanwhile."
            : $"the fleet file could not get its old services {item.Previous!.Services} back, so it is left as it is: {problem}";
        await FailAsync(item, item.Decky!, end, DeckyMirror.Of(ground, fleet, item.Decky!, sight)).ConfigureAwait(false);
    }

    Task FailAsync(OperationItem item, Decky mutated, string end, DeckyMirror? mirror)
    {
        var error = causes.TryGetValue(item.Name, out var cause)
            ? $"Its new services {mutated.Services} did not come up; {end} The cause: {cause}"
            : $"cancelled before its new services {mutated.Services} ran; {end}";
        return journal.FailAsync(item.Operation.Id, error, mirror?.Changes ?? []);
    }

    /// <summary>Writes the old services into the fleet file, for deckies that nobody has changed since.</summary>
    /// <returns>The deckies of the file then, and why it could not be written; null when it could.</returns>
    async Task<(HashSet<Decky> Deckies, string? Problem)> PutBackAsync(IReadOnlyList<OperationItem> items)
    {
        var previous = items.ToDictionary(item => item.Decky!, item => item.Previous!);
        try
        {
            var state = await ground.File.UpdateAsync(
                state => state is DesiredState.Known { Fleet: var current } && current.Deckies.Any(previous.ContainsKey)
                    ? current with { Deckies = [.. current.Deckies.Select(decky => previous.GetValueOrDefault(decky, decky))] }
                    : null,
                CancellationToken.None).ConfigureAwait(false);
            return ((state as DesiredState.Known)?.Fleet.Deckies.ToHashSet() ?? [], null);
        }
        catch (FleetFileException error)
        {
            return ([], error.Message);
        }
    }
}
