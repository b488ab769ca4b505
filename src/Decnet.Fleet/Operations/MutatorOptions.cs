namespace Decnet.Fleet.Operations;

/// <summary>How a <see cref="Mutator"/> runs.</summary>
public sealed record MutatorOptions
{
    /// <summary>How long it waits at most before it looks again, also at deckies that are due and cannot rotate yet.</summary>
    /// <value>Default: 10 seconds. More than zero, at most a day.</value>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Poll, TimeSpan.Zero, nameof(Poll));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Poll, TimeSpan.FromDays(1), nameof(Poll));
    }
}
