namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>How a <see cref="FleetHost"/> is.</summary>
[JsonConverter(typeof(TokenConverter<FleetHostStatus>))]
public enum FleetHostStatus
{
    /// <summary>Known, never heard of.</summary>
    Enrolled,

    /// <summary>Beating.</summary>
    Active,

    /// <summary>Not heard of for longer than a beat should take.</summary>
    Silent,

    /// <summary>Silent for so long that it is given up.</summary>
    Lost,
}
