namespace QuickStart;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>Where the containers of the tour are, and how they get broken.</summary>
internal interface IStage : IAsyncDisposable
{
    IContainerRuntime Runtime { get; }

    ReconcilerOptions Options { get; }

    /// <summary>Whether the containers outlive the program when they are not removed.</summary>
    bool CanKeep { get; }

    /// <summary>Ends a container as its own fault would.</summary>
    Task KillAsync(string container);

    Task RemoveAsync(string container);

    /// <summary>Shows what an intruder sees.</summary>
    Task ShowAsync(Fleet fleet);

    /// <summary>Removes whatever the tour made.</summary>
    Task ClearAsync();
}
