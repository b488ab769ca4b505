namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>The fleet file could not be read, written or restored.</summary>
public class FleetFileException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public FleetFileException(string path, string message, Exception? innerException = null) : base(message, innerException) => Path = path;

    /// <summary>The path of the file.</summary>
    public string Path { get; }
}
