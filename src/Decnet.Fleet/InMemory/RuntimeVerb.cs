namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Containers;

/// <summary>A member of <see cref="IContainerRuntime"/>, for counting requests and making them fail.</summary>
public enum RuntimeVerb
{
    /// <summary><see cref="IContainerRuntime.ObserveAsync"/>.</summary>
    Observe,

    /// <summary><see cref="IContainerRuntime.FindNetworkAsync"/>.</summary>
    FindNetwork,

    /// <summary><see cref="IContainerRuntime.CreateNetworkAsync"/>.</summary>
    CreateNetwork,

    /// <summary><see cref="IContainerRuntime.RemoveNetworkAsync"/>.</summary>
    RemoveNetwork,

    /// <summary><see cref="IContainerRuntime.EnsureImageAsync"/>.</summary>
    EnsureImage,

    /// <summary><see cref="IContainerRuntime.CreateContainerAsync"/>.</summary>
    CreateContainer,

    /// <summary><see cref="IContainerRuntime.StartContainerAsync"/>.</summary>
    StartContainer,

    /// <summary><see cref="IContainerRuntime.StopContainerAsync"/>.</summary>
    StopContainer,

    /// <summary><see cref="IContainerRuntime.RenameContainerAsync"/>.</summary>
    RenameContainer,

    /// <summary><see cref="IContainerRuntime.RemoveContainerAsync"/>.</summary>
    RemoveContainer,

    /// <summary><see cref="IContainerRuntime.ReadLogTailAsync"/>.</summary>
    ReadLogTail,
}
