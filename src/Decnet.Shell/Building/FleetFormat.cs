namespace Decnet.Shell.Building;

/// <summary>The forms in which a fleet is written.</summary>
internal enum FleetFormat
{
    /// <summary>The description that people write.</summary>
    Ini,

    /// <summary>The configuration, whole.</summary>
    Json,

    /// <summary>A file for docker compose.</summary>
    Compose,
}
