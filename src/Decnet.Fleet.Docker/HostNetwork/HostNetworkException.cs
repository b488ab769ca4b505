namespace Decnet.Fleet.Docker.HostNetwork;

using Decnet.Fleet.Model;

/// <summary>The network of this host could not be read or changed.</summary>
public sealed class HostNetworkException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="error">Its kind.</param>
    /// <param name="message">What happened, to which interface, and what to do.</param>
    /// <param name="interfaceName">The interface; null when none was chosen yet.</param>
    /// <param name="innerException">The cause.</param>
    public HostNetworkException(HostNetworkError error, string message, string? interfaceName = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Error = error;
        InterfaceName = interfaceName;
    }

    /// <summary>The kind of the error.</summary>
    public HostNetworkError Error { get; }

    /// <summary>The interface that it is about; null when none was chosen yet.</summary>
    public string? InterfaceName { get; }
}
