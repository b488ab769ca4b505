namespace Decnet.Fleet.State;

using Decnet.Fleet.Model;

/// <summary>The state store could not be opened, read or written. Nothing of the failed change was kept.</summary>
public sealed class StateStoreException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="error">Its kind.</param>
    /// <param name="message">What happened, to which file, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public StateStoreException(StateStoreError error, string message, Exception? innerException = null) : base(message, innerException) =>
        Error = error;

    /// <summary>The kind of the error.</summary>
    public StateStoreError Error { get; }
}
