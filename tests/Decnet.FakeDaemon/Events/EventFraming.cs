namespace Decnet.FakeDaemon.Events;

/// <summary>How events are told apart in a stream.</summary>
public enum EventFraming
{
    /// <summary>As the engine and the client's <c>Accept</c> agree.</summary>
    Negotiated,

    /// <summary>Each ends with a newline.</summary>
    Lines,

    /// <summary>Nothing between one object and the next.</summary>
    None,

    /// <summary>Each begins with the record separator and ends with a newline (RFC 7464).</summary>
    Sequence,
}
