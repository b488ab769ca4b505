namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Something happened that must never happen.</summary>
internal sealed class InvariantException(string invariant, string message) : Exception($"{invariant}: {message}")
{
    internal static void Require(bool holds, string invariant, string message)
    {
        if (!holds)
        {
            throw new InvariantException(invariant, message);
        }
    }
}
