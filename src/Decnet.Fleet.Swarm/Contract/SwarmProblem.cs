namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>Why a request was not done (<c>application/problem+json</c>, RFC 9457), with every error of it.</summary>
public sealed record SwarmProblem
{
    /// <summary>The kind, as <c>urn:decnet:problem:CODE</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>What happened, and what to do.</summary>
    /// <value>Default: null, the errors say it.</value>
    public string? Detail { get; init; }

    /// <summary>Every error of the request.</summary>
    [JsonConverter(typeof(ValueListConverter<SwarmProblemError>))]
    public ValueList<SwarmProblemError> Errors { get; init => field = value ?? []; } = [];
}
