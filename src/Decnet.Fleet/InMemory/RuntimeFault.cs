namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Containers;

/// <summary>A failure ordered from an <see cref="InMemoryContainerRuntime"/>. Of several that fit a request the oldest is used.</summary>
public sealed record RuntimeFault
{
    /// <summary>How the request fails. An observation that fails reports the runtime as unreachable, whatever the error.</summary>
    public required RuntimeError Error { get; init; }

    /// <summary>How many requests fail.</summary>
    /// <value>Default: 1.</value>
    public int Times { get; init; } = 1;

    /// <summary>The kind of request that fails.</summary>
    /// <value>Default: null, any that may change something.</value>
    public RuntimeVerb? Verb { get; init; }

    /// <summary>The name of the container, network or image that the request must concern.</summary>
    /// <value>Default: null, any.</value>
    public string? Target { get; init; }

    /// <summary>
    /// Whether the request does its work and only its answer is lost, as with a broken connection. Otherwise nothing is done.
    /// </summary>
    /// <value>Default: false.</value>
    public bool AfterEffect { get; init; }

    internal bool Fits(RuntimeVerb verb, string? target) =>
        (Verb is { } wanted ? wanted == verb : verb is not (RuntimeVerb.Observe or RuntimeVerb.FindNetwork or RuntimeVerb.ReadLogTail))
        && (Target is null || Target == target);
}
