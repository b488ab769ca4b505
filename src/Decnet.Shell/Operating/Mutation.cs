namespace Decnet.Shell.Operating;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Shell.Building;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Gives deckies other services.</summary>
public static class Mutation
{
    /// <summary>The deckies that can get other services: those of the fleet file.</summary>
    /// <param name="session">Where to look. Nothing is changed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The names, in the order of the file.</returns>
    /// <exception cref="FaultException">There is no fleet.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(DecnetSession session, CancellationToken cancellationToken) =>
        [.. (await LoadAsync(session, cancellationToken).ConfigureAwait(false)).Deckies.Select(decky => decky.Name.Value)];

    /// <summary>Changes the services, and puts the operations out.</summary>
    /// <param name="session">Where the deckies are.</param>
    /// <param name="names">The deckies.</param>
    /// <param name="services">The services that each gets; null for a choice by chance.</param>
    /// <param name="showDeckies">Whether deckies that were changed are put out after the operations.</param>
    /// <param name="outlet">Takes them.</param>
    /// <param name="cancellationToken">Cancels the work: its operations end as failed.</param>
    /// <returns>A task that ends with the last operation.</returns>
    /// <exception cref="FleetValidationException">The services do not fit. Nothing was changed.</exception>
    /// <exception cref="DecnetException">Somebody else works on the fleet, or it cannot be read or written.</exception>
    public static async Task RunAsync(
        DecnetSession session, IReadOnlyCollection<string> names, string[]? services, bool showDeckies, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(outlet);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var options = new MutateOptions { Services = services is null ? null : [.. services] };
        var report = new WorkReport(outlet);
        var result = await report.FollowAsync(
            fleet, fleet.Service.BeginMutateAsync([.. names.Select(DeckyName.Parse)], options, report, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var unchanged in result.Unchanged)
        {
            outlet.Warn($"'{unchanged}' keeps its services: {(services is null ? "nothing else suits it." : "it has these already.")}");
        }

        if (showDeckies)
        {
            var changed = result.Operations.Where(operation => operation.Status == OperationStatus.Succeeded).Select(operation => operation.DeckyName).ToHashSet();
            var present = await LoadAsync(session, cancellationToken).ConfigureAwait(false);
            foreach (var decky in present.Deckies.Where(decky => changed.Contains(decky.Name)))
            {
                outlet.Write(new Output.Decky(decky, present));
            }
        }
    }

    static async Task<Fleet> LoadAsync(DecnetSession session, CancellationToken cancellationToken) =>
        (await FleetReading.DeployedAsync(session, null, cancellationToken).ConfigureAwait(false)).Desired;
}
