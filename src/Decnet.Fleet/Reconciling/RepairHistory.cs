namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Model;

/// <summary>What is remembered of repairing one decky, until it has been well for a while.</summary>
/// <param name="Attempts">How many times in a row it was repaired.</param>
/// <param name="NextAttempt">The next repair may not begin earlier.</param>
/// <param name="LastError">What went wrong the last time; null when the repair itself worked.</param>
/// <param name="ConfigHash">The configuration that was repaired; the history does not hold for another one. Null for any.</param>
public sealed record RepairHistory(int Attempts, DateTimeOffset NextAttempt, string? LastError, string? ConfigHash = null);
