namespace Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Something happened that must never happen.</summary>
internal sealed class InvariantException : Exception
{
    [ThreadStatic]
    static InvariantException? last;

    internal InvariantException(string invariant, string message) : base($"{invariant}: {message}") => last ??= this;

    internal static void Require(bool holds, string invariant, string message)
    {
        if (!holds)
        {
            throw new InvariantException(invariant, message);
        }
    }

    internal static void Forget() => last = null;

    /// <summary>Throws what happened on this thread, also when the code under test took it for a failure of its own.</summary>
    internal static void ThrowIfAny()
    {
        if (last is { } violation)
        {
            last = null;
            throw violation;
        }
    }
}
