namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>What a pass does not repair because somebody gave the order to leave it alone.</summary>
internal sealed class SuspendedRepairs(IReadOnlyList<Suspension> orders)
{
    readonly OrderedDictionary<string, Suspension> single = new(StringComparer.Ordinal);
    readonly List<string> underHostOrder = [];
    Suspension? hostOrder;

    /// <summary>Whether an order covers a decky that would be repaired, or whose strays would be removed. It is told then.</summary>
    internal bool Hold(string decky)
    {
        var order = orders.FirstOrDefault(order => order.DeckyName is null || order.DeckyName?.Value == decky);
        if (order is { DeckyName: null })
        {
            hostOrder = order;
            underHostOrder.Add(decky);
        }
        else if (order is not null)
        {
            single[decky] = order;
        }

        return order is not null;
    }

    internal IEnumerable<PlanHold> ToHolds()
    {
        if (hostOrder is not null)
        {
            yield return Told(hostOrder, $"the host {hostOrder.HostId}", underHostOrder.Distinct(StringComparer.Ordinal));
        }

        foreach (var (decky, order) in single)
        {
            yield return Told(order, decky, [decky]);
        }
    }

    static PlanHold Told(Suspension order, string what, IEnumerable<string> deckies) => new()
    {
        Kind = HoldKind.Suspended,
        Reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{what} is suspended by {order.By} since {order.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            + (order.Reason is null ? "" : $" ({order.Reason})")
            + "; nothing is repaired there until the order is taken back",
        Deckies = [.. deckies],
    };
}
