namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The body of <c>POST /networks/{id}/connect</c>.</summary>
internal sealed record NetworkConnect
{
    public required string Container { get; init; }

    public EndpointSettings? EndpointConfig { get; init; }
}
