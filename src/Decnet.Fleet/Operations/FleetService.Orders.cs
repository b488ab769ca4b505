namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

public sealed partial class FleetService
{
    /// <summary>Orders a decky, or the whole fleet of the host, to be left alone: no repair, no rotation.</summary>
    /// <param name="name">The decky; null for the whole fleet.</param>
    /// <param name="by">Who orders it.</param>
    /// <param name="reason">Why; null when not said.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    /// <exception cref="FleetValidationException">There is no such decky.</exception>
    /// <exception cref="StateStoreException">The store cannot be written.</exception>
    public Task SuspendAsync(DeckyName? name, string by, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        return new Suspending(ground).SuspendAsync(name, by, reason, cancellationToken);
    }

    /// <summary>Takes the order to leave a decky, or the whole fleet, alone back. An order for the whole fleet and those for single deckies are taken back one by one.</summary>
    /// <param name="name">The decky; null for the whole fleet.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there was no such order.</returns>
    /// <exception cref="StateStoreException">The store cannot be written.</exception>
    public Task<bool> ResumeAsync(DeckyName? name, string by, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        return new Suspending(ground).ResumeAsync(name, by, cancellationToken);
    }

    /// <summary>Tells a worker of this host to end. It does so after the pass under way.</summary>
    /// <param name="name">The worker.</param>
    /// <param name="requestedBy">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the message is recorded.</returns>
    /// <exception cref="FleetValidationException">No worker of this name runs on this host.</exception>
    /// <exception cref="StateStoreException">The store cannot be written.</exception>
    public async Task StopWorkerAsync(string name, string requestedBy, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(requestedBy);
        var now = clock.GetUtcNow();
        var workers = await store.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        string[] running = [.. workers.Where(worker => worker.HostId == options.HostId && worker.StatusAt(now) != WorkerStatus.Stopped).Select(worker => worker.Name)];
        if (!running.Contains(name, StringComparer.Ordinal))
        {
            var known = running.Length == 0 ? "none is running" : $"running are {string.Join(", ", running)}";
            throw new FleetValidationException(
                "The worker", [FleetIssue.Error("unknown-worker", $"No worker '{name}' runs on the host '{options.HostId}'.", known, name)]);
        }

        await store.CommitAsync([new StateChange.Announce { Events = [ControlMessage.Stop(name, options.HostId, requestedBy)] }], now, cancellationToken).ConfigureAwait(false);
    }
}
