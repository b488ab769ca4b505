namespace QuickStart;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>Containers in memory: no engine is needed.</summary>
internal sealed class SimulatedStage : IStage
{
    readonly InMemoryContainerRuntime runtime = new(HostId.Local);

    public IContainerRuntime Runtime => runtime;

    public ReconcilerOptions Options { get; } = new();

    public bool CanKeep => false;

    public Task KillAsync(string container)
    {
        runtime.Crash(container, exitCode: 137);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string container)
    {
        runtime.RemoveBehindOurBack(container);
        return Task.CompletedTask;
    }

    public Task ShowAsync(Fleet fleet) => Task.CompletedTask;

    public Task ClearAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
