namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Model = Decnet.Fleet.Model;

/// <summary>A process that keeps a fleet as it should be, such as <c>decnetd reconcile</c>.</summary>
public sealed record Worker
{
    /// <summary>The name, such as <c>reconciler</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The host that it runs on.</summary>
    public required string HostId { get; init; }

    /// <summary>Its process id on that host.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it is alive.</summary>
    public required DateTimeOffset LastBeat { get; init; }

    /// <summary>How it is: <c>alive</c>, <c>stale</c> when it has not been heard of for 90 seconds, or <c>stopped</c>.</summary>
    public required string Status { get; init; }

    internal static Worker Of(Model.Worker worker, DateTimeOffset now) => new()
    {
        Name = worker.Name,
        HostId = worker.HostId.Value,
        ProcessId = worker.ProcessId,
        StartedAt = worker.StartedAt,
        LastBeat = worker.LastBeat,
        Status = Token<WorkerStatus>.Of(worker.StatusAt(now)),
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
