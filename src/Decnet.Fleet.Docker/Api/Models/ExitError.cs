namespace Decnet.Fleet.Docker.Api.Models;

/// <summary>Why a wait failed.</summary>
internal sealed record ExitError
{
    public string? Message { get; init; }
}
