namespace Decnet.Fleet.Reconciling;

/// <summary>One difference between the fleet file and what there is.</summary>
public sealed record Drift
{
    /// <summary>The decky; for a stray, what its labels say.</summary>
    public required string DeckyName { get; init; }

    /// <summary>In what way.</summary>
    public required DriftKind Kind { get; init; }

    /// <summary>The container concerned; null when it is a row or a whole decky.</summary>
    public string? Container { get; init; }

    /// <summary>What should be, in a few words, such as <c>running</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>What is, in a few words, such as <c>exited (137)</c>.</summary>
    public required string Actual { get; init; }

    /// <summary>The difference as one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The difference as one line of text.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Container ?? DeckyName}: expected {Expected}, actual {Actual}";
}
