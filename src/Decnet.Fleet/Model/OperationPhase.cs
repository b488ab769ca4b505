namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What an <see cref="Operation"/> that runs is doing.</summary>
[JsonConverter(typeof(TokenConverter<OperationPhase>))]
public enum OperationPhase
{
    /// <summary>Making sure that the network is there.</summary>
    Network,

    /// <summary>Getting the images.</summary>
    Images,

    /// <summary>Making, starting or removing containers.</summary>
    Containers,

    /// <summary>Looking whether everything runs, or is gone.</summary>
    Verification,
}
