namespace Decnet.Shell.Flow;

/// <summary>Something that went wrong, as a shell reports it.</summary>
/// <param name="Id">A word that never changes, by which scripts tell faults apart.</param>
/// <param name="Category">What sort of thing it is.</param>
/// <param name="Message">What happened, to what, and what to do.</param>
/// <param name="Target">What it concerns, such as the name of a decky; null for nothing in particular.</param>
/// <param name="Error">What was thrown; null when nothing was.</param>
public sealed record Fault(string Id, FaultCategory Category, string Message, object? Target = null, Exception? Error = null)
{
    /// <summary>The line of the file that is wrong; null when there is none.</summary>
    public int? Line { get; init; }
}
