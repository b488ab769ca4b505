namespace Decnet.Fleet.Model;

/// <summary>One attempt to change one decky. A retry is a new operation.</summary>
public sealed record Operation
{
    /// <summary>The longest <see cref="Error"/>, in characters: 2,000.</summary>
    public const int MaxErrorLength = 2000;

    /// <summary>The identity, the same on every host.</summary>
    public required Guid Id { get; init; }

    /// <summary>The host that runs the decky.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The decky.</summary>
    public required DeckyName DeckyName { get; init; }

    /// <summary>What it does.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    /// <value>Default: <see cref="OperationStatus.Pending"/>.</value>
    public OperationStatus Status { get; init; }

    /// <summary>Why it failed, at most <see cref="MaxErrorLength"/> characters.</summary>
    /// <value>Default: null.</value>
    public string? Error { get; init; }

    /// <summary>How far it has got; kept when it ends.</summary>
    /// <value>Default: null, nothing was said yet.</value>
    public OperationProgress? Progress { get; init; }

    /// <summary>Why services change.</summary>
    /// <value>Default: null, for other kinds of operations.</value>
    public MutationTrigger? Trigger { get; init; }

    /// <summary>Which attempt it is, from 1.</summary>
    /// <value>Default: 1.</value>
    public int Attempt { get; init; } = 1;

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When work on it began.</summary>
    /// <value>Default: null, not yet.</value>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its row was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended.</summary>
    /// <value>Default: null, not yet.</value>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it is taken for abandoned unless it has ended.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Whether it has not ended.</summary>
    public bool IsOpen => Status is OperationStatus.Pending or OperationStatus.Running;

    /// <summary>How long it took.</summary>
    /// <value>Null until it has begun and ended.</value>
    public TimeSpan? Duration => CompletedAt - StartedAt;

    /// <summary>Cuts an error, never in the middle of a character.</summary>
    internal static string? CutError(string? error, int length = MaxErrorLength)
    {
        if (error is null || error.Length <= length)
        {
            return error;
        }

        // Half of a surrogate pair is no character and could not be written as UTF-8.
        return error[..(char.IsHighSurrogate(error[length - 1]) ? length - 1 : length)];
    }
}
