namespace Decnet.Shell.Sessions;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Shell.Output;

/// <summary>The containers of the simulated runtime, and ways to break them: what a test of a runbook needs.</summary>
public sealed class SimulatedContainers
{
    readonly InMemoryContainerRuntime runtime;

    internal SimulatedContainers(InMemoryContainerRuntime runtime) => this.runtime = runtime;

    /// <summary>How many containers there are.</summary>
    public int Count => runtime.Containers.Count;

    /// <summary>How many requests have changed something since the session began.</summary>
    public long Changes => runtime.Requests.Mutating;

    /// <summary>Lists the containers.</summary>
    /// <returns>The containers, in the order of their names.</returns>
    public SimulatedContainer[] List() =>
        [.. runtime.Containers.Select(SimulatedContainer.Of).OrderBy(container => container.Name, StringComparer.Ordinal)];

    /// <summary>Lets a container die.</summary>
    /// <param name="name">The container, such as <c>web-01-http</c>.</param>
    /// <param name="exitCode">What it ends with.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void Kill(string name, int exitCode = 137) => runtime.Crash(name, exitCode);

    /// <summary>Lets the base of a decky die, and with it the network of its services.</summary>
    /// <param name="decky">The decky.</param>
    /// <exception cref="ArgumentException">There is no such decky.</exception>
    public void KillBase(string decky) => runtime.CrashBase(DeckyName.Parse(decky));

    /// <summary>Removes a container, as somebody would by hand.</summary>
    /// <param name="name">The container.</param>
    /// <exception cref="ArgumentException">There is no such container.</exception>
    public void Remove(string name) => runtime.RemoveBehindOurBack(name);

    /// <summary>Makes images impossible to have, so that what needs them fails.</summary>
    /// <param name="images">The images; none for all to be there again.</param>
    public void MissImages(params string[] images) => runtime.MissingImages(images);

    /// <summary>Lets each request take so long.</summary>
    /// <param name="wait">How long; zero for no time.</param>
    public void Slow(TimeSpan wait) => runtime.Delay(wait);

    /// <summary>Makes the runtime unreachable.</summary>
    /// <param name="reason">What it says then.</param>
    public void Disconnect(string reason = "the simulated engine is away") => runtime.Unreachable(reason);

    /// <summary>Makes the runtime reachable again.</summary>
    public void Reconnect() => runtime.Reachable();
}
