namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>The type of a service's configuration field.</summary>
[JsonConverter(typeof(TokenConverter<ConfigFieldType>))]
public enum ConfigFieldType
{
    /// <summary>One line of text.</summary>
    String,

    /// <summary>One line of text that is not shown.</summary>
    Password,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Text of several lines; <c>b64:</c> marks base64 of UTF-8.</summary>
    Textarea,

    /// <summary>One of the choices.</summary>
    Enum,

    /// <summary>One or more of the choices.</summary>
    MultiEnum,
}
