namespace Decnet.Fleet.Model;

/// <summary>The base of every error that Decnet itself raises. Its message says what happened, to what, and what to do.</summary>
public class DecnetException : Exception
{
    /// <summary>Makes an error with a message.</summary>
    /// <param name="message">What happened, to what, and what to do.</param>
    public DecnetException(string message) : base(message)
    {
    }

    /// <summary>Makes an error with a message and its cause.</summary>
    /// <param name="message">What happened, to what, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DecnetException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
