namespace Decnet.Fleet.Operations;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What a deployment does to one decky.</summary>
[JsonConverter(typeof(TokenConverter<DeployAction>))]
public enum DeployAction
{
    /// <summary>Nothing: it is as it should be.</summary>
    Keep,

    /// <summary>It is made: the fleet did not have it.</summary>
    Add,

    /// <summary>It takes another configuration.</summary>
    Change,

    /// <summary>It has its configuration, and some of its containers are missing, stopped or outdated.</summary>
    Repair,

    /// <summary>It goes.</summary>
    Remove,
}
