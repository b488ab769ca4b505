namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What a step of a plan does.</summary>
[JsonConverter(typeof(TokenConverter<PlanAction>))]
public enum PlanAction
{
    /// <summary>Adds the row of a decky that is desired and not recorded.</summary>
    Insert,

    /// <summary>Removes the row of a decky that is recorded and no longer desired.</summary>
    Delete,

    /// <summary>Records another state.</summary>
    UpdateState,

    /// <summary>Records another reason for the same state.</summary>
    UpdateReason,

    /// <summary>Records another configuration.</summary>
    UpdateConfig,

    /// <summary>Starts a container that is there and stopped; one that runs in a network that its base has left is started anew.</summary>
    StartContainer,

    /// <summary>Starts the base of a decky, and then its services anew, since they lived in the base's network.</summary>
    RestartDecky,

    /// <summary>Makes a container that is missing, or puts a new one in the place of an outdated or unusable one.</summary>
    ReplaceContainer,

    /// <summary>Makes all containers of a decky, in order, in the place of those that are there.</summary>
    ReplaceDecky,

    /// <summary>Gives a container its proper name back, which an interrupted replacement or somebody else took from it.</summary>
    RenameContainer,

    /// <summary>Removes a container that its decky no longer has, or that no decky of the fleet has.</summary>
    RemoveContainer,
}
