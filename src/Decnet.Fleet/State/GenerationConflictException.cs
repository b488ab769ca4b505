namespace Decnet.Fleet.State;

/// <summary>The fleet file holds another generation than the writer expected: somebody else changed it in between.</summary>
public sealed class GenerationConflictException : FleetFileException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="expected">The generation that the writer expected.</param>
    /// <param name="actual">What is there instead: a generation, or null for a missing or corrupt file.</param>
    /// <param name="message">What happened and what to do.</param>
    public GenerationConflictException(string path, long expected, long? actual, string message) : base(path, message)
    {
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The generation that the writer expected.</summary>
    public long Expected { get; }

    /// <summary>The generation that is there; null when the file is missing or corrupt.</summary>
    public long? Actual { get; }
}
