namespace Decnet.Fleet.Containers;

/// <summary>What the runtime shows: our containers, or that it cannot be asked. The two are never confused.</summary>
public abstract record ObservedState
{
    ObservedState()
    {
    }

    /// <summary>The runtime answered.</summary>
    /// <param name="Containers">All containers of our project on this host, running or not; none is a valid answer.</param>
    public sealed record Known(IReadOnlyList<ObservedContainer> Containers) : ObservedState;

    /// <summary>The runtime did not answer, or its answer could not be read.</summary>
    /// <param name="Reason">What went wrong.</param>
    public sealed record Unreachable(string Reason) : ObservedState;
}
