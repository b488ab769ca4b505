namespace Decnet.Fleet.Containers;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>The state of a container as the engine reports it.</summary>
[JsonConverter(typeof(TokenConverter<ContainerState>))]
public enum ContainerState
{
    /// <summary>A state that this version does not know; it counts as not running.</summary>
    Unknown,

    /// <summary>Made, never started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Frozen.</summary>
    Paused,

    /// <summary>Between an exit and the next start.</summary>
    Restarting,

    /// <summary>Being removed.</summary>
    Removing,

    /// <summary>Ended.</summary>
    Exited,

    /// <summary>Ended, and the engine could not clean up.</summary>
    Dead,
}
