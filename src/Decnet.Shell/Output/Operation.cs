namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Model = Decnet.Fleet.Model;

/// <summary>One attempt to deploy, change or remove a decky.</summary>
public sealed record Operation
{
    /// <summary>What names it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The decky.</summary>
    public required string DeckyName { get; init; }

    /// <summary>The host that runs the decky.</summary>
    public required string HostId { get; init; }

    /// <summary>What it does: <c>deploy</c>, <c>mutate</c> or <c>teardown</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How it is: <c>pending</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What it does right now, such as <c>images 1/3</c>; null when nobody works on it.</summary>
    public string? Progress { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the work began; null when it has not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null when it has not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How long the work took; null when it has not ended.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether it has not ended yet.</summary>
    internal bool IsOpen { get; init; }

    internal static Operation Of(Model.Operation operation) => new()
    {
        Id = operation.Id,
        DeckyName = operation.DeckyName.Value,
        HostId = operation.HostId.Value,
        Kind = Token<OperationKind>.Of(operation.Kind),
        Status = Token<OperationStatus>.Of(operation.Status),
        Error = operation.Error,
        Progress = operation is { IsOpen: true, Progress: { } progress } ? Text(progress) : null,
        CreatedAt = operation.CreatedAt,
        StartedAt = operation.StartedAt,
        CompletedAt = operation.CompletedAt,
        Duration = operation.Duration,
        IsOpen = operation.IsOpen,
    };

    static string Text(OperationProgress progress) =>
        progress.Total == 0
            ? Token<OperationPhase>.Of(progress.Phase)
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Token<OperationPhase>.Of(progress.Phase)} {progress.Done}/{progress.Total}");

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {DeckyName}: {Status}";
}
