namespace Decnet.Fleet.Containers;

using Decnet.Fleet.Model;

/// <summary>A network as the runtime shows it.</summary>
/// <param name="Id">The runtime's id.</param>
/// <param name="Spec">Its settings.</param>
/// <param name="Attached">The names of the containers that are attached to it.</param>
public sealed record ObservedNetwork(string Id, NetworkSpec Spec, ValueList<string> Attached);
