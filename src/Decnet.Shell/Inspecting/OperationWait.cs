namespace Decnet.Shell.Inspecting;

using System.Globalization;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Waits for the end of operations, by whichever process they are worked on.</summary>
public static class OperationWait
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits, and puts each operation out when it has ended.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="ids">The operations.</param>
    /// <param name="timeout">How long; zero looks once, null waits for ever.</param>
    /// <param name="outlet">Takes the operations, and a fault for each that is unknown or has not ended in time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the last operation, or when the time is over.</returns>
    public static async Task RunAsync(
        DecnetSession session, IReadOnlyCollection<Guid> ids, TimeSpan? timeout, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(outlet);
        var started = session.Clock.GetTimestamp();
        var open = ids.Distinct().ToList();
        var total = open.Count;
        while (true)
        {
            var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
            var found = await fleet.Store.ListOperationsAsync(new OperationQuery { Ids = open, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
            var known = found.ToDictionary(operation => operation.Id);
            foreach (var unknown in open.Where(id => !known.ContainsKey(id)))
            {
                outlet.Fail(OperationList.NotFound(unknown));
            }

            foreach (var ended in found.Where(operation => !operation.IsOpen).OrderBy(operation => operation.CompletedAt))
            {
                outlet.Write(Output.Operation.Of(ended));
            }

            open.RemoveAll(id => !known.TryGetValue(id, out var operation) || !operation.IsOpen);
            outlet.Report(new WorkProgress(string.Create(CultureInfo.InvariantCulture, $"{open.Count} to go"), total - open.Count, total));
            var left = timeout - session.Clock.GetElapsedTime(started);
            if (open.Count == 0 || left <= TimeSpan.Zero)
            {
                Complain(open.Select(id => known[id]), timeout, outlet);
                return;
            }

            await Task.Delay(left < Look ? left.Value : Look, session.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    static void Complain(IEnumerable<Fleet.Model.Operation> open, TimeSpan? timeout, IOutlet outlet)
    {
        foreach (var operation in open.Select(Output.Operation.Of))
        {
            outlet.Fail(new Fault(
                "OperationTimeout",
                FaultCategory.OperationTimeout,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {operation.Kind} of '{operation.DeckyName}' has not ended within {timeout!.Value.TotalSeconds:0.#} s: it is {operation.Status}."),
                operation.Id));
        }
    }
}
