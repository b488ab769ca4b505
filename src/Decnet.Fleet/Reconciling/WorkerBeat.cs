namespace Decnet.Fleet.Reconciling;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Microsoft.Extensions.Logging;

/// <summary>Registers a worker in the store and gives signs of life: its row, and an event on its health topic.</summary>
internal sealed class WorkerBeat(
    IStateStore store, HostId hostId, ReconcilerWorkerOptions options, TimeProvider clock, ILogger logger)
{
    readonly DateTimeOffset startedAt = clock.GetUtcNow();
    long lastObserved;

    internal void Observed(DateTimeOffset at) => Interlocked.Exchange(ref lastObserved, at.UtcTicks);

    internal Task StartAsync(CancellationToken cancellationToken) => BeatAsync(null, null, cancellationToken);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(options.BeatInterval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
            {
                await BeatAsync(null, null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The last sign of life.</summary>
    /// <param name="requestedBy">Who told the worker to stop; null when that is not known.</param>
    internal Task StopAsync(string? requestedBy) => BeatAsync(clock.GetUtcNow(), requestedBy, CancellationToken.None);

    async Task BeatAsync(DateTimeOffset? stoppedAt, string? requestedBy, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var observed = Interlocked.Read(ref lastObserved);
        var worker = new Worker
        {
            Name = options.Name,
            HostId = hostId,
            ProcessId = Environment.ProcessId,
            StartedAt = startedAt,
            LastBeat = now,
            LastObserved = observed == 0 ? null : new DateTimeOffset(observed, TimeSpan.Zero),
            StoppedAt = stoppedAt,
        };
        var health = new EventDraft(Topic.WorkerHealth(options.Name), "health", Payload(worker, requestedBy));
        try
        {
            await store.CommitAsync([new StateChange.PutWorker(worker) { Events = [health] }], now, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ReconcilerLog.BeatFailed(logger, options.Name, error);
        }
        catch (OperationCanceledException)
        {
            // The worker ends; its last beat follows.
        }
    }

    string Payload(Worker worker, string? requestedBy)
    {
        return EventPayload.Write(writer =>
        {
            writer.WriteString("worker", worker.Name);
            writer.WriteString("host_uuid", worker.HostId.Value);
            writer.WriteNumber("pid", worker.ProcessId);
            writer.WriteString("status", worker.StoppedAt is null ? "alive" : "stopped");
            if (options.Shadow)
            {
                writer.WriteBoolean("shadow", true);
            }

            if (requestedBy is not null)
            {
                writer.WriteString("requested_by", requestedBy);
            }
        });
    }
}
