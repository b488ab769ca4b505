namespace Decnet.Shell.Inspecting;

using Decnet.Fleet.Model;
using Decnet.Shell.Flow;

/// <summary>The words that conditions of queries may have.</summary>
public static class Words
{
    /// <summary>The states of deckies.</summary>
    public static IReadOnlyList<string> DeckyStates { get; } = [.. Token<DeckyState>.All];

    /// <summary>The statuses of operations.</summary>
    public static IReadOnlyList<string> OperationStatuses { get; } = [.. Token<OperationStatus>.All];

    /// <summary>The statuses of hosts.</summary>
    public static IReadOnlyList<string> HostStatuses { get; } = [.. Token<FleetHostStatus>.All];

    /// <summary>Finds the words that were meant, whatever their case and with or without underscores.</summary>
    /// <param name="texts">What was given; null for no condition.</param>
    /// <param name="words">The words there are.</param>
    /// <param name="parameter">What the words are given for, for messages.</param>
    /// <returns>The words; null for no condition.</returns>
    /// <exception cref="FaultException">One is not among them.</exception>
    public static IReadOnlySet<string>? Find(string[]? texts, IReadOnlyList<string> words, string parameter)
    {
        ArgumentNullException.ThrowIfNull(words);
        return texts?.Select(text => words.FirstOrDefault(word => Plain(word).Equals(Plain(text), StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(text)).ToHashSet();

        FaultException Unknown(string text) => new(new Fault(
            $"{parameter}Invalid", FaultCategory.InvalidArgument, $"'{text}' is not one of {string.Join(", ", words)}.", text));
    }

    static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal);
}
