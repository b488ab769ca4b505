namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The body of <c>POST /networks/{id}/disconnect</c>.</summary>
internal sealed record NetworkDisconnect
{
    public required string Container { get; init; }

    public bool Force { get; init; }
}
