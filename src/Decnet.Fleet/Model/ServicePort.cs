namespace Decnet.Fleet.Model;

using System.Globalization;
using System.Text.Json.Serialization;

/// <summary>A port that a service really opens.</summary>
/// <param name="Protocol">The transport protocol.</param>
/// <param name="Number">The port, 1 to 65535.</param>
public readonly record struct ServicePort(
    [property: JsonPropertyName("protocol")] PortProtocol Protocol,
    [property: JsonPropertyName("number")] int Number)
{
    /// <summary>The port as <c>22/tcp</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Token<PortProtocol>.Of(Protocol)}");
}
