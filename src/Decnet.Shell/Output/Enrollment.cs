namespace Decnet.Shell.Output;

/// <summary>An invitation to a host. Its token is told once, and kept nowhere.</summary>
public sealed class Enrollment
{
    internal Enrollment(string name, string token, DateTimeOffset expiresAt, string caFingerprint, string command)
    {
        Name = name;
        Token = token;
        ExpiresAt = expiresAt;
        CaFingerprint = caFingerprint;
        Command = command;
    }

    /// <summary>The name that the host gets.</summary>
    public string Name { get; }

    /// <summary>What the host shows to join. It works once.</summary>
    public string Token { get; }

    /// <summary>When the token is good no more.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The fingerprint of the fleet's authority, <c>sha256:HEX</c>, by which the host knows its master.</summary>
    public string CaFingerprint { get; }

    /// <summary>The command line for the host.</summary>
    public string Command { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
