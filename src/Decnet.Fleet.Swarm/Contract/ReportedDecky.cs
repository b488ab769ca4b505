namespace Decnet.Fleet.Swarm.Contract;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>How one decky of a host is.</summary>
public sealed record ReportedDecky
{
    /// <summary>The decky.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>Its state.</summary>
    public required DeckyState State { get; init; }

    /// <summary>Why the state is what it is.</summary>
    /// <value>Default: null, nothing is wrong.</value>
    public string? Reason { get; init; }

    /// <summary>Its address on the host's network.</summary>
    [JsonConverter(typeof(IPAddressConverter))]
    public required IPAddress Address { get; init; }

    /// <summary>The slugs of its services.</summary>
    [JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> Services { get; init; }

    /// <summary>The <see cref="DeckyDigest"/> of what the host was told to run.</summary>
    public required string Digest { get; init; }
}
