namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>POST /containers/create</c>.</summary>
internal sealed record CreatedContainer
{
    public string? Id { get; init; }

    public string[]? Warnings { get; init; }
}
