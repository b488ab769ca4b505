namespace Decnet.Fleet.State;

/// <summary>One file that holds, or held, the desired state of a folder.</summary>
public sealed record FleetFileVersion
{
    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>What the file is for.</summary>
    public required FleetFileVersionKind Kind { get; init; }

    /// <summary>What it says; never <see cref="DesiredState.Missing"/>.</summary>
    public required DesiredState State { get; init; }

    /// <summary>When it was written, as the file system says.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Its generation.</summary>
    /// <value>Null when it cannot be read.</value>
    public long? Generation => (State as DesiredState.Known)?.Generation;
}
