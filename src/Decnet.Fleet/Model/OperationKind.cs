namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What an <see cref="Operation"/> does to its decky.</summary>
[JsonConverter(typeof(TokenConverter<OperationKind>))]
public enum OperationKind
{
    /// <summary>Brings the decky up, or to its new configuration.</summary>
    Deploy,

    /// <summary>Gives it other services.</summary>
    Mutate,

    /// <summary>Removes it.</summary>
    Teardown,
}
