namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>The answer to <c>POST /containers/{id}/wait</c>.</summary>
internal sealed record ExitStatus
{
    public long? StatusCode { get; init; }

    public ExitError? Error { get; init; }
}
