namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>
/// The runtime as one process sees it: containers without our labels do not show, every call can be the last of the
/// process, and every call that changes something is checked before it is let through.
/// </summary>
internal sealed class WatchedRuntime(InMemoryContainerRuntime engine, IoGate gate, Trace trace, RuntimeRules rules, WorkRules work, SignalSource<RuntimeSignal> signals)
    : IContainerRuntime
{
    /// <summary>Whether a listing shows that a service runs in a network that its base has left. An engine cannot always tell.</summary>
    internal bool TellsLostNetworks { get; set; } = true;

    public string Endpoint => engine.Endpoint;

    public async Task<ObservedState> ObserveAsync(CancellationToken cancellationToken = default)
    {
        gate.Observations++;
        var observed = await CallAsync("observe", () => engine.ObserveAsync(cancellationToken));
        if (observed is ObservedState.Known known)
        {
            observed = new ObservedState.Known([.. known.Containers.Where(container => !rules.IsHidden(container.Id)).Select(Show)]);
        }

        rules.Observed = observed;
        work.Looked();
        trace.Add($"      sees {(observed is ObservedState.Known { Containers.Count: var count } ? count : "nothing")}");
        return observed;
    }

    public IAsyncEnumerable<RuntimeSignal> WatchAsync(CancellationToken cancellationToken = default) => signals.ReadAsync(cancellationToken);

    public Task<ObservedNetwork?> FindNetworkAsync(string name, CancellationToken cancellationToken = default) =>
        CallAsync("find network", () => engine.FindNetworkAsync(name, cancellationToken));

    public Task CreateNetworkAsync(NetworkSpec network, CancellationToken cancellationToken = default) =>
        ChangeAsync("create network", null, null, () => engine.CreateNetworkAsync(network, cancellationToken));

    public Task RemoveNetworkAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync("remove network", null, null, () => engine.RemoveNetworkAsync(id, cancellationToken));

    public Task EnsureImageAsync(ContainerSpec container, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        ChangeAsync($"ensure image of {container.Name}", null, null, () => engine.EnsureImageAsync(container, progress, cancellationToken));

    public async Task<string> CreateContainerAsync(
        ContainerSpec container, string name, string? baseContainerId, CancellationToken cancellationToken = default)
    {
        var id = "";
        await ChangeAsync(
            $"create {name}",
            null,
            container.Labels[DecnetLabels.Decky],
            async () => id = await engine.CreateContainerAsync(container, name, baseContainerId, cancellationToken));
        return id;
    }

    public Task StartContainerAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync("start", id, rules.DeckyOf(id), () => engine.StartContainerAsync(id, cancellationToken));

    public Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken = default) =>
        ChangeAsync("stop", id, rules.DeckyOf(id), () => engine.StopContainerAsync(id, grace, cancellationToken));

    public Task RenameContainerAsync(string id, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync($"rename to {name}", id, rules.DeckyOf(id), () => engine.RenameContainerAsync(id, name, cancellationToken));

    public Task RemoveContainerAsync(string id, CancellationToken cancellationToken = default) =>
        ChangeAsync("remove", id, rules.DeckyOf(id), () => engine.RemoveContainerAsync(id, cancellationToken));

    public Task<string> ReadLogTailAsync(string id, int lines, CancellationToken cancellationToken = default) =>
        CallAsync($"read the log of {rules.NameOf(id)}", () => engine.ReadLogTailAsync(id, lines, cancellationToken));

    ObservedContainer Show(ObservedContainer container) =>
        container.NetworkLost && !TellsLostNetworks ? container with { NetworkLost = false } : container;

    Task ChangeAsync(string step, string? id, string? decky, Func<Task> effect)
    {
        gate.Mutations++;
        return CallAsync(id is null ? step : $"{step} {rules.NameOf(id)}", async () =>
        {
            rules.BeforeChange(step, id);
            work.BeforeChange(step, decky);
            await effect();
            rules.AfterChange(step);
            return true;
        });
    }

    Task<T> CallAsync<T>(string step, Func<Task<T>> effect)
    {
        gate.RuntimeCalls++;
        return gate.StepAsync(step, effect);
    }
}
