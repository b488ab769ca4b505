namespace Decnet.Fleet.Containers;

using Decnet.Fleet.Model;

/// <summary>A call to the container runtime failed.</summary>
public class RuntimeException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="error">Its kind.</param>
    /// <param name="message">What happened, with the runtime's own words, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RuntimeException(RuntimeError error, string message, Exception? innerException = null) : base(message, innerException) =>
        Error = error;

    /// <summary>The kind of the error.</summary>
    public RuntimeError Error { get; }

    /// <summary>Whether trying the same again later can help.</summary>
    public bool IsTransient => Error is RuntimeError.Unreachable or RuntimeError.Timeout or RuntimeError.Server;
}
