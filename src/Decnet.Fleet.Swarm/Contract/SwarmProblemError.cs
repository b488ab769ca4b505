namespace Decnet.Fleet.Swarm.Contract;

/// <summary>One error of a request.</summary>
/// <param name="Code">A stable, lower-case identifier of its kind.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do; null when the message says it all.</param>
/// <param name="Target">What it is about; null for the whole request.</param>
public sealed record SwarmProblemError(string Code, string Message, string? Fix = null, string? Target = null);
