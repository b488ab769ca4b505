namespace Decnet.Fleet.Docker.Observing;

using Decnet.Fleet.Containers;

/// <summary>A container of a listing.</summary>
/// <param name="Container">What it is.</param>
/// <param name="Uptime">How long it has run; null when unknown.</param>
internal readonly record struct ListedContainer(ObservedContainer Container, AgeRange? Uptime);
