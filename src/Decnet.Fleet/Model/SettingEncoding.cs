namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>How a setting is written into an environment variable.</summary>
[JsonConverter(typeof(TokenConverter<SettingEncoding>))]
public enum SettingEncoding
{
    /// <summary>As text.</summary>
    Text,

    /// <summary>As JSON.</summary>
    Json,

    /// <summary><c>true</c> when true; the variable is left out when false.</summary>
    Flag,
}
