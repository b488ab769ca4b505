namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>How a distribution's administrators tend to name hosts.</summary>
[JsonConverter(typeof(TokenConverter<HostnameStyle>))]
public enum HostnameStyle
{
    /// <summary><c>SRV-DB-77</c>.</summary>
    Generic,

    /// <summary><c>alpha42.localdomain</c>.</summary>
    Rhel,

    /// <summary><c>stage-15</c>.</summary>
    Minimal,

    /// <summary><c>nova-files</c>.</summary>
    Rolling,
}
