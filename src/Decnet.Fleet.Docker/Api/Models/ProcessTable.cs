namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>GET /containers/{id}/top</c>: what <c>ps</c> of the engine's host prints.</summary>
internal sealed record ProcessTable
{
    public string[]? Titles { get; init; }

    public string?[]?[]? Processes { get; init; }
}
