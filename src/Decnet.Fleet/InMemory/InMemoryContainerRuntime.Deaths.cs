namespace Decnet.Fleet.InMemory;

/// <content>Containers that start well and end at once, as those with a broken command or configuration do.</content>
public sealed partial class InMemoryContainerRuntime
{
    readonly List<OrderedDeath> deaths = [];

    /// <summary>
    /// Makes a container die right after its coming starts: the request succeeds, and the container is ended. A container that
    /// is made anew with the name dies too. Of several orders for a name the oldest is used.
    /// </summary>
    /// <param name="containerName">The name that the container has or, as a replacement, is to have. It need not be there yet.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="log">What it writes before it dies, which is then its log.</param>
    /// <param name="times">How many of its starts end so.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public void LetDie(string containerName, int exitCode, string log, int times = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(containerName);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (gate)
        {
            deaths.Add(new OrderedDeath(containerName, exitCode, log, times));
        }
    }

    /// <summary>Ends a container that was just started, if that was ordered.</summary>
    bool DieAsOrdered(EngineContainer container)
    {
        container.Log = "";
        if (deaths.Find(order => order.Fits(container)) is not { } death)
        {
            return false;
        }

        death.Happen();
        if (death.IsOver)
        {
            deaths.Remove(death);
        }

        container.Log = death.Log;
        return InMemoryEngine.End(container, death.ExitCode);
    }
}
