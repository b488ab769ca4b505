namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>Why the services of a decky change. In events: the lower-case name.</summary>
[JsonConverter(typeof(TokenConverter<MutationTrigger>))]
public enum MutationTrigger
{
    /// <summary>Somebody asked for it.</summary>
    Operator,

    /// <summary>Its interval is over.</summary>
    Scheduled,
}
