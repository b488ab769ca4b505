namespace Decnet.Shell.Output;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Reconciling = Decnet.Fleet.Reconciling;

/// <summary>One difference between the fleet file and what there is.</summary>
public sealed record Drift
{
    /// <summary>The decky; for a stray, what its labels say.</summary>
    public required string DeckyName { get; init; }

    /// <summary>The host that it is on.</summary>
    public required string HostId { get; init; }

    /// <summary>
    /// In what way: <c>decky_invalid</c>, <c>decky_missing</c>, <c>decky_not_running</c>; <c>base_missing</c>, <c>base_dead</c>,
    /// <c>base_changed</c>, <c>base_disconnected</c>; <c>container_missing</c>, <c>container_stopped</c>, <c>container_changed</c>,
    /// <c>container_cut_off</c>, <c>container_renamed</c>, <c>container_surplus</c>; <c>row_missing</c>, <c>row_surplus</c>,
    /// <c>row_state</c>, <c>row_config</c>; <c>operation_open</c>; <c>stray</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The container; null when it is a row or a whole decky.</summary>
    public string? Container { get; init; }

    /// <summary>What should be, such as <c>running</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>What is, such as <c>exited (137)</c>.</summary>
    public required string Actual { get; init; }

    /// <summary>The difference as a sentence.</summary>
    public required string Reason { get; init; }

    internal static Drift Of(Reconciling.Drift drift, HostId host) => new()
    {
        DeckyName = drift.DeckyName,
        HostId = host.Value,
        Kind = Token<DriftKind>.Of(drift.Kind),
        Container = drift.Container,
        Expected = drift.Expected,
        Actual = drift.Actual,
        Reason = drift.Reason,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Container ?? DeckyName}: expected {Expected}, actual {Actual}";
}
