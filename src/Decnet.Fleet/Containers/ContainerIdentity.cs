namespace Decnet.Fleet.Containers;

/// <summary>What the labels of a container say that it is.</summary>
/// <param name="DeckyName">The decky; any text, since other tools set labels too.</param>
/// <param name="Role">What it is to its decky.</param>
/// <param name="ServiceName">The slug of its service; null for a base.</param>
/// <param name="HostId">The host that made it; null when the labels do not say.</param>
/// <param name="ConfigHash">The hash of what it was made from; null when the labels carry none of ours.</param>
public sealed record ContainerIdentity(string DeckyName, ContainerRole Role, string? ServiceName, string? HostId, string? ConfigHash);
