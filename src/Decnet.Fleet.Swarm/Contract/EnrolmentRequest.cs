namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The body of <c>POST /swarm/enroll</c>.</summary>
public sealed record EnrolmentRequest
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The one-time token.</summary>
    public required string Token { get; init; }

    /// <summary>A certificate signing request (PKCS #10, PEM) for the key that the host has made.</summary>
    public required string CertificateRequest { get; init; }

    /// <summary>Host names and addresses under which the master can reach the host, in order of preference; empty for the one that the master sees.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Addresses { get; init; }

    /// <summary>The port of the agent.</summary>
    /// <value>Default: <see cref="SwarmProtocol.AgentPort"/>.</value>
    public int AgentPort { get; init => field = value == 0 ? SwarmProtocol.AgentPort : value; } = SwarmProtocol.AgentPort;
}
