namespace Decnet.FakeDaemon;

/// <summary>What a fake daemon pretends to be.</summary>
public sealed record FakeDaemonOptions
{
    /// <summary>The newest version of the API that it speaks, such as <c>1.47</c>. The engine's release follows from it.</summary>
    /// <value>Default: <c>1.47</c>.</value>
    public string ApiVersion { get; init; } = "1.47";

    /// <summary>The oldest version that it accepts.</summary>
    /// <value>Default: null, that is what a real engine of <see cref="ApiVersion"/> accepts.</value>
    public string? MinApiVersion { get; init; }

    /// <summary>Whether paths with a version outside the range are refused with 400, as a real engine does.</summary>
    /// <value>Default: true.</value>
    public bool RefusesOtherVersions { get; init; } = true;

    /// <summary>What the header <c>Docker-Experimental</c> says.</summary>
    public bool Experimental { get; init; }

    /// <summary>The path of the socket; null for one in a new temporary folder.</summary>
    public string? SocketPath { get; init; }
}
