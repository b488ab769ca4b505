namespace Decnet.Shell.Output;

/// <summary>A host that was enrolled by hand, and what is left to do on it.</summary>
public sealed record HostRegistration
{
    /// <summary>The name of the host.</summary>
    public required string Name { get; init; }

    /// <summary>The identity of the host.</summary>
    public required string HostId { get; init; }

    /// <summary>The file with the reply, to be carried to the host. Nothing in it is secret.</summary>
    public required string Path { get; init; }

    /// <summary>The fingerprint of the fleet's authority, <c>sha256:HEX</c>, by which the host knows its master.</summary>
    public required string CaFingerprint { get; init; }

    /// <summary>The command line for the host, beside the reply.</summary>
    public required string Command { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
