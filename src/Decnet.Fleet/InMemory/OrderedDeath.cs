namespace Decnet.Fleet.InMemory;

/// <summary>A death ordered from an <see cref="InMemoryContainerRuntime"/>, for the next starts of a container.</summary>
internal sealed class OrderedDeath(string name, int exitCode, string log, int times)
{
    int left = times;

    internal int ExitCode => exitCode;

    internal string Log => log;

    internal bool IsOver => left == 0;

    /// <summary>A replacement has another name while it is made and started, so that the name it is to have counts too.</summary>
    internal bool Fits(EngineContainer container) => container.Name == name || container.Spec?.Name == name;

    internal void Happen() => left--;
}
