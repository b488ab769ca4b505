namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>The state of a decky as its row records it. In files, rows and events: the lower-case name with underscores.</summary>
[JsonConverter(typeof(TokenConverter<DeckyState>))]
public enum DeckyState
{
    /// <summary>Recorded, not observed yet.</summary>
    Pending,

    /// <summary>Base and all services run and none is unhealthy.</summary>
    Running,

    /// <summary>The base runs, and some but not all of the services do.</summary>
    Degraded,

    /// <summary>Containers exist, but the base or everything else is down.</summary>
    Failed,

    /// <summary>No container exists.</summary>
    TornDown,

    /// <summary>A teardown is under way.</summary>
    TearingDown,

    /// <summary>A teardown ended without removing everything.</summary>
    TeardownFailed,
}
