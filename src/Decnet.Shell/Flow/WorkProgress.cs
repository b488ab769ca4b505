namespace Decnet.Shell.Flow;

/// <summary>How far work has come, for people who wait.</summary>
/// <param name="Status">What is done right now.</param>
/// <param name="Done">How many parts have ended.</param>
/// <param name="Total">How many there are; zero when nobody knows.</param>
public sealed record WorkProgress(string Status, int Done, int Total);
