namespace Decnet.Fleet.Model;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>An operating system as a network scan sees it: kernel settings, vendor prefixes and host names that fit.</summary>
public sealed record OsFamilyDefinition
{
    /// <summary>The identifier, such as <c>windows_server</c>.</summary>
    [JsonPropertyName("slug")]
    public required string Slug { get; init; }

    /// <summary>Kernel settings of the decky's network namespace, in the order in which they are written.</summary>
    [JsonPropertyName("sysctls"), JsonConverter(typeof(ValueMapConverter<string>))]
    public required ValueMap<string> Sysctls { get; init; }

    /// <summary>Vendor prefixes (IEEE OUI) of network interfaces that such systems have, as <c>00:50:56</c>.</summary>
    [JsonPropertyName("mac_vendors"), JsonConverter(typeof(ValueListConverter<string>))]
    public required ValueList<string> MacVendors { get; init; }

    /// <summary>How such systems are named, when the distribution does not decide it: <c>WIN-{serial}</c>.</summary>
    /// <remarks>
    /// Placeholders: <c>{word}</c> and <c>{WORD}</c>, a word in lower or upper case; <c>{number}</c>, two decimal digits;
    /// <c>{hex}</c>, six upper-case hexadecimal digits; <c>{serial}</c>, as many upper-case letters and digits as fill the
    /// name to 15 characters, the longest NetBIOS name, as Windows setup does (7 after <c>DESKTOP-</c>, 11 after <c>WIN-</c>).
    /// </remarks>
    /// <value>Default: none, the style of the distribution holds.</value>
    [JsonPropertyName("hostname_patterns"), JsonConverter(typeof(ValueListConverter<string>))]
    public ValueList<string> HostnamePatterns { get; init => field = value ?? []; } = [];
}
