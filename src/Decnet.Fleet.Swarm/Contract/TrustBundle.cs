namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The answer of <c>GET /swarm/trust</c>: whom a host trusts.</summary>
public sealed record TrustBundle
{
    /// <summary>Grows whenever something in it changes.</summary>
    public required long Version { get; init; }

    /// <summary>The certificate of the authority (X.509, PEM).</summary>
    public required string Authority { get; init; }

    /// <summary>The fingerprints of the master's certificates, the present one and the next: SHA-256 of the DER form, in lower-case hexadecimal digits.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> MasterFingerprints { get; init; }

    /// <summary>The revocation list of the authority (X.509 CRL, PEM).</summary>
    public required string RevocationList { get; init; }
}
