namespace Decnet.Fleet.State;

/// <summary>What a file beside the desired state is for.</summary>
public enum FleetFileVersionKind
{
    /// <summary>The desired state itself.</summary>
    Current,

    /// <summary>The generation before it, which <see cref="IFleetFile.RestorePreviousAsync"/> brings back.</summary>
    Previous,

    /// <summary>An unreadable file that a save replaced and kept.</summary>
    Corrupt,
}
