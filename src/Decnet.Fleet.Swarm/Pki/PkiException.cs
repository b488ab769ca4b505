namespace Decnet.Fleet.Swarm.Pki;

using Decnet.Fleet.Model;

/// <summary>A key, a certificate or a revocation list cannot be made, read or believed.</summary>
public sealed class PkiException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What happened, to which file, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public PkiException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>The file that it is about.</summary>
    /// <value>Default: null, it is about no file.</value>
    public string? Path { get; init; }
}
