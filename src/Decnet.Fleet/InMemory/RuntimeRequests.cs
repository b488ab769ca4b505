namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Model;

/// <summary>How many requests an <see cref="InMemoryContainerRuntime"/> received, failed ones included.</summary>
public sealed record RuntimeRequests
{
    readonly ValueList<long> counts;

    internal RuntimeRequests(ReadOnlySpan<long> counts) => this.counts = ValueList.Create(counts);

    /// <summary>All requests.</summary>
    public long Total => counts.Sum();

    /// <summary>Those that may change something: all but observing, finding networks and reading logs.</summary>
    public long Mutating => Total - this[RuntimeVerb.Observe] - this[RuntimeVerb.FindNetwork] - this[RuntimeVerb.ReadLogTail];

    /// <summary>The requests of one kind.</summary>
    /// <param name="verb">The kind.</param>
    public long this[RuntimeVerb verb] => counts[(int)verb];

    /// <summary>The requests since an earlier count.</summary>
    /// <param name="earlier">The earlier count, of the same runtime.</param>
    /// <returns>The difference.</returns>
    public RuntimeRequests Since(RuntimeRequests earlier) =>
        new([.. counts.Zip(earlier.counts, (now, then) => now - then)]);

    /// <summary>The counts that are not zero, for messages of tests.</summary>
    /// <returns>Such as <c>Observe 1, StartContainer 2</c>.</returns>
    public override string ToString() =>
        string.Join(", ", Enum.GetValues<RuntimeVerb>().Where(verb => this[verb] != 0).Select(verb => $"{verb} {this[verb]}"));
}
