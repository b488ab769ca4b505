namespace Decnet.Fleet.Containers;

/// <summary>A hint that containers may have changed. It only wakes the loop; what changed is always observed anew.</summary>
/// <param name="Description">What the runtime reported, for logs: <c>die web-01-ssh</c>.</param>
public readonly record struct RuntimeSignal(string Description);
