namespace Decnet.Shell.Output;

/// <summary>What the cmdlets work on.</summary>
public sealed record DecnetContext
{
    /// <summary>The folder with the fleet file and the database.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The host whose deckies are worked on.</summary>
    public required string HostId { get; init; }

    /// <summary>The Compose project that its containers and its network belong to.</summary>
    public required string Project { get; init; }

    /// <summary>Where containers run: <c>Docker</c>, or <c>Memory</c> for simulated ones.</summary>
    public required string Runtime { get; init; }

    /// <summary>The address of the container runtime.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether somebody connected; when not, these are the defaults that the next cmdlet takes.</summary>
    public required bool Connected { get; init; }

    /// <summary>The simulated containers, to break them in tests; null unless the runtime is <c>Memory</c>.</summary>
    public Sessions.SimulatedContainers? Containers { get; init; }
}
