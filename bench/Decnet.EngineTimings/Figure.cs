namespace Decnet.EngineTimings;

/// <summary>One line of the table.</summary>
/// <param name="Section">The section of the program.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The result, with its unit.</param>
/// <param name="Goal">The goal; null when the figure is for information.</param>
/// <param name="Met">Whether the goal is met; null when there is none.</param>
internal sealed record Figure(string Section, string What, string Value, string? Goal = null, bool? Met = null);
