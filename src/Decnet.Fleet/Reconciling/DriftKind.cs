namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>In what way a decky is not as the fleet file says.</summary>
[JsonConverter(typeof(TokenConverter<DriftKind>))]
public enum DriftKind
{
    /// <summary>It cannot be turned into containers.</summary>
    DeckyInvalid,

    /// <summary>It has no container at all.</summary>
    DeckyMissing,

    /// <summary>Its base container is missing, and with it the network of its services.</summary>
    BaseMissing,

    /// <summary>Its base container does not run.</summary>
    BaseDead,

    /// <summary>Its base container was made from another configuration.</summary>
    BaseChanged,

    /// <summary>Its base container runs and is not attached to the network of the fleet.</summary>
    BaseDisconnected,

    /// <summary>The container of a service is missing.</summary>
    ContainerMissing,

    /// <summary>The container of a service does not run.</summary>
    ContainerStopped,

    /// <summary>The container of a service was made from another configuration.</summary>
    ContainerChanged,

    /// <summary>The container of a service runs in a network that its base has left.</summary>
    ContainerCutOff,

    /// <summary>The container of a service has another name than it should.</summary>
    ContainerRenamed,

    /// <summary>A container of a decky that should not be there: of a service that it no longer has, or left by an interrupted replacement or teardown.</summary>
    ContainerSurplus,

    /// <summary>It does not run, and not because of anything that a repair would change: a container is unhealthy or keeps restarting.</summary>
    DeckyNotRunning,

    /// <summary>It has no row.</summary>
    RowMissing,

    /// <summary>It has a row, and the fleet does not have it.</summary>
    RowSurplus,

    /// <summary>Its row has another state than its containers.</summary>
    RowState,

    /// <summary>Its row has another configuration than the fleet file.</summary>
    RowConfig,

    /// <summary>An operation on it is under way, so that it cannot be judged.</summary>
    OperationOpen,

    /// <summary>A container carries our labels and belongs to no decky of the fleet.</summary>
    Stray,
}
