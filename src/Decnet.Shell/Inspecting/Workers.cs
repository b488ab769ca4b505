namespace Decnet.Shell.Inspecting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>The workers, which tell of themselves in the database.</summary>
public static class Workers
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Lists the workers of all hosts.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The workers, by host and name.</returns>
    public static async Task<IReadOnlyList<Output.Worker>> ListAsync(DecnetSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var workers = await fleet.Store.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        var now = session.Clock.GetUtcNow();
        return [.. workers.Select(worker => Output.Worker.Of(worker, now))];
    }

    /// <summary>Whether a worker can be told to stop: it is one of the session's host that has not stopped.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="worker">The worker.</param>
    /// <returns>True when it can.</returns>
    public static bool CanStop(DecnetSession session, Output.Worker worker)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(worker);
        return worker.HostId == session.HostId.Value && worker.Status != Token<WorkerStatus>.Of(WorkerStatus.Stopped);
    }

    /// <summary>Tells a worker of the session's host to end, and waits for it if that is wanted.</summary>
    /// <param name="session">Where it works.</param>
    /// <param name="name">The worker.</param>
    /// <param name="timeout">How long to wait until it says that it has stopped; null to only tell it.</param>
    /// <param name="showWorker">Whether the worker is put out, as it is then.</param>
    /// <param name="outlet">Takes it, and a fault if it has not stopped in time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it was told, or has stopped.</returns>
    /// <exception cref="FleetValidationException">No worker of this name runs on this host.</exception>
    public static async Task StopAsync(
        DecnetSession session, string name, TimeSpan? timeout, bool showWorker, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(outlet);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await fleet.Service.StopWorkerAsync(name, session.User, cancellationToken).ConfigureAwait(false);
        var started = session.Clock.GetTimestamp();
        Output.Worker[] own;
        while (true)
        {
            own = [.. (await ListAsync(session, cancellationToken).ConfigureAwait(false)).Where(worker => worker.HostId == session.HostId.Value && worker.Name == name)];
            var isOver = timeout is not { } patience || session.Clock.GetElapsedTime(started) >= patience;
            if (isOver || !own.Any(worker => CanStop(session, worker)))
            {
                break;
            }

            await Task.Delay(Look, session.Clock, cancellationToken).ConfigureAwait(false);
        }

        foreach (var worker in showWorker ? own : [])
        {
            outlet.Write(worker);
        }

        if (timeout is { } waited && own.Any(worker => CanStop(session, worker)))
        {
            outlet.Fail(new Fault(
                "WorkerTimeout",
                FaultCategory.OperationTimeout,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"The worker '{name}' was told to stop and has not said so within {waited.TotalSeconds:0.#} s. It ends after the pass under way, if it is alive."),
                name));
        }
    }
}
