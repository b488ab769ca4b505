namespace Decnet.Fleet.State;

/// <summary>A hint that the fleet file may have changed.</summary>
/// <param name="Path">The path of the file.</param>
public readonly record struct FleetFileSignal(string Path);
