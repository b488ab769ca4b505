namespace Decnet.Fleet.Model;

/// <summary>An invitation to a host to join the fleet. Who has its token may use it, once, until it expires.</summary>
public sealed record Enrolment
{
    /// <summary>SHA-256 of the token, in lower-case hexadecimal digits; the key. The token itself is kept nowhere.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The name that the host gets.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is good no more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
