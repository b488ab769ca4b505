namespace Decnet.Shell.Output;

using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;

/// <summary>A container of the simulated runtime.</summary>
public sealed record SimulatedContainer
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The decky that it belongs to; null for one that is none of ours.</summary>
    public string? DeckyName { get; init; }

    /// <summary>The service that it pretends to be; null for a base.</summary>
    public string? Service { get; init; }

    /// <summary>The image that it was made of; null for one that is none of ours.</summary>
    public string? Image { get; init; }

    /// <summary>How it is, such as <c>running</c> or <c>exited</c>.</summary>
    public required string State { get; init; }

    /// <summary>How often it was started.</summary>
    public required int Starts { get; init; }

    internal static SimulatedContainer Of(InMemoryContainer container) => new()
    {
        Name = container.Observed.Name,
        DeckyName = container.Observed.DeckyName,
        Service = container.Observed.ServiceName,
        Image = container.Spec?.Image,
        State = Token<Decnet.Fleet.Containers.ContainerState>.Of(container.Observed.State),
        Starts = container.Starts,
    };
}
