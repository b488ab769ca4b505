namespace Decnet.Shell.Hosts;

/// <summary>A host that is enrolled by hand.</summary>
public sealed record HostRequest
{
    /// <summary>The name that it gets.</summary>
    public required string Name { get; init; }

    /// <summary>Where its agent is reached: host names and addresses, the first one first.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>The port of its agent; null for the usual one.</summary>
    public int? Port { get; init; }

    /// <summary>The file with its certificate signing request.</summary>
    public required string RequestPath { get; init; }

    /// <summary>The file for the reply.</summary>
    public required string ReplyPath { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where it reports to: HOST or HOST:PORT; null for this machine and the usual port.</summary>
    public string? Master { get; init; }
}
