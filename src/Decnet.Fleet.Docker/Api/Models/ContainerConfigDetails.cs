namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>What an inspected container was made from.</summary>
internal sealed record ContainerConfigDetails
{
    public string? Hostname { get; init; }

    public string? Image { get; init; }

    public string[]? Env { get; init; }

    public string[]? Cmd { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    public bool? Tty { get; init; }

    public Dictionary<string, string>? Labels { get; init; }
}
