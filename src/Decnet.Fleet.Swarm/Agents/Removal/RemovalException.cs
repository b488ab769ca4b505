namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Model;

/// <summary>One entry of a manifest cannot be removed.</summary>
/// <param name="message">Which one, and why.</param>
internal sealed class RemovalException(string message) : DecnetException(message)
{
    /// <summary>Whether it is not there, so that nothing is left to do.</summary>
    internal bool IsMissing { get; init; }

    /// <summary>Whether this process may not do it, while one with more rights may.</summary>
    internal bool IsDenied { get; init; }
}
