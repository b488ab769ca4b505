namespace Decnet.Fleet.Model;

using System.Text.Json;
using Decnet.Fleet.Model.Json;

/// <summary>Writes and reads deckies and fleets as JSON, with the names of the fleet file. Unknown keys are errors.</summary>
public static class FleetJson
{
    /// <summary>Writes a decky on one line.</summary>
    /// <param name="decky">The decky.</param>
    /// <returns>JSON.</returns>
    public static string Write(Decky decky) => JsonSerializer.Serialize(decky, ModelJsonContext.Default.Decky);

    /// <summary>Writes a fleet on one line.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <returns>JSON.</returns>
    public static string Write(Fleet fleet) => JsonSerializer.Serialize(fleet, ModelJsonContext.Default.Fleet);

    /// <summary>Reads a decky.</summary>
    /// <param name="json">JSON.</param>
    /// <returns>The decky.</returns>
    /// <exception cref="JsonException">The text is not a decky; the message has the path and the line.</exception>
    public static Decky ReadDecky(string json) =>
        JsonSerializer.Deserialize(json, ModelJsonContext.Default.Decky) ?? throw new JsonException("A decky was expected, not null.");

    /// <summary>Reads a fleet.</summary>
    /// <param name="json">JSON.</param>
    /// <returns>The fleet.</returns>
    /// <exception cref="JsonException">The text is not a fleet; the message has the path and the line.</exception>
    public static Fleet ReadFleet(string json) =>
        JsonSerializer.Deserialize(json, ModelJsonContext.Default.Fleet) ?? throw new JsonException("A fleet was expected, not null.");
}
