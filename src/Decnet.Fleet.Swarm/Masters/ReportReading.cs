namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What a report says of rows, as changes of the store. A decky with an open operation is left to it.</summary>
/// <param name="host">The host.</param>
/// <param name="recorded">What is recorded of it.</param>
/// <param name="operations">What the report says of operations.</param>
/// <param name="report">The report.</param>
/// <param name="wanted">What the fleet file wants of the host; null when that is not known.</param>
/// <param name="now">The time.</param>
internal sealed class ReportReading(
    FleetHost host, RecordedState recorded, OperationReading operations, HostReport report, WantedHost? wanted, DateTimeOffset now)
{
    /// <summary>The changes of rows.</summary>
    /// <param name="isNew">Whether no later report was here before. Of an older one only what has ended counts.</param>
    internal IEnumerable<StateChange> Changes(bool isNew)
    {
        var busy = operations.Open.Select(operation => operation.DeckyName).ToHashSet();
        return isNew
            ? Judged(busy)
            : recorded.Rows.Where(row => operations.TornDown.Contains(row.Name) && !busy.Contains(row.Name) && !IsWanted(row.Name)).Select(DeckyRemoval.Of);
    }

    IEnumerable<StateChange> Judged(HashSet<DeckyName> busy)
    {
        var judge = new RowJudge(host, wanted is not null, report.Problem is null, now);
        var left = recorded.Rows.ToDictionary(row => row.Name);
        var named = new HashSet<DeckyName>();
        foreach (var reported in report.Deckies)
        {
            left.Remove(reported.Name, out var row);
            named.Add(reported.Name);
            if (!busy.Contains(reported.Name) && judge.Judge(row, reported, Wanted(reported.Name)) is { } change)
            {
                yield return change;
            }
        }

        foreach (var decky in wanted?.Deckies.Values ?? [])
        {
            var name = decky.Decky.Name;
            if (named.Add(name) && !busy.Contains(name) && judge.Judge(left.GetValueOrDefault(name), null, decky) is { } change)
            {
                yield return change;
            }
        }

        foreach (var row in left.Values.Where(row => named.Add(row.Name) && !busy.Contains(row.Name)))
        {
            if ((operations.TornDown.Contains(row.Name) ? DeckyRemoval.Of(row) : judge.Judge(row, null, null)) is { } change)
            {
                yield return change;
            }
        }
    }

    bool IsWanted(DeckyName name) => Wanted(name) is not null;

    WantedDecky? Wanted(DeckyName name) => wanted?.Deckies.GetValueOrDefault(name);
}
