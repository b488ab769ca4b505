namespace Decnet.Shell.Inspecting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>The operations that are recorded.</summary>
public static class OperationList
{
    /// <summary>The statuses of operations that have not ended.</summary>
    public static IReadOnlySet<string> Open { get; } =
        new HashSet<string> { Token<OperationStatus>.Of(OperationStatus.Pending), Token<OperationStatus>.Of(OperationStatus.Running) };

    /// <summary>Lists operations.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="ids">Those with these ids; null for all.</param>
    /// <param name="statuses">Those with one of these statuses; null for all.</param>
    /// <param name="isWanted">Whether operations on a decky of a name are wanted; null for all.</param>
    /// <param name="last">At most so many, the newest; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The operations, newest first.</returns>
    public static async Task<IReadOnlyList<Output.Operation>> ListAsync(
        DecnetSession session, Guid[]? ids, IReadOnlySet<string>? statuses, Func<string, bool>? isWanted, int? last, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var query = new OperationQuery { Ids = ids, Limit = statuses is null && isWanted is null ? last ?? int.MaxValue : int.MaxValue };
        var operations = await fleet.Store.ListOperationsAsync(query, cancellationToken).ConfigureAwait(false);
        return
        [
            .. operations
                .Where(operation => isWanted?.Invoke(operation.DeckyName.Value) != false)
                .Where(operation => statuses?.Contains(Token<OperationStatus>.Of(operation.Status)) != false)
                .Take(last ?? int.MaxValue)
                .Select(Output.Operation.Of),
        ];
    }

    /// <summary>The fault of an id that no operation has.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The fault.</returns>
    public static Fault NotFound(Guid id) => new(
        "OperationNotFound", FaultCategory.ObjectNotFound, $"There is no operation {id}. Operations that ended long ago are forgotten.", id);
}
