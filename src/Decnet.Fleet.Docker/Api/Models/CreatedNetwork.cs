namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>POST /networks/create</c>.</summary>
internal sealed record CreatedNetwork
{
    public string? Id { get; init; }

    public string? Warning { get; init; }
}
