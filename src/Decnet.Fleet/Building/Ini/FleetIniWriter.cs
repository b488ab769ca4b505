namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Model;

/// <summary>
/// Describes a fleet in INI form, completely: read by <see cref="FleetIniParser"/> and built by <see cref="FleetBuilder"/>, with any
/// seed, the text gives the same fleet as far as the form has words for it. Secrets among the settings are written as they are.
/// </summary>
/// <remarks>
/// The text does not carry the times of the last rotation and the last attempt to log in, host ids, <see cref="Fleet.Mode"/>,
/// <see cref="Fleet.LogFile"/>, and what the fleet adds to the catalog beyond simple services; to read a fleet that needs these,
/// give them with <see cref="FleetIniOptions"/>. Distributions get the images of the catalog, and a decky without a MAC address
/// gets one.
/// </remarks>
public static class FleetIniWriter
{
    /// <summary>Writes a fleet. Whether the text says everything is not looked at.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <returns>The text; its lines end with a line feed.</returns>
    /// <exception cref="FleetValidationException">What the fleet adds to the catalog is not valid.</exception>
    public static string Write(Fleet fleet)
    {
        using var writer = new StringWriter();
        Write(fleet, writer);
        return writer.ToString();
    }

    /// <summary>Writes a fleet. Whether the text says everything is not looked at.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="writer">Where the text goes.</param>
    /// <exception cref="FleetValidationException">What the fleet adds to the catalog is not valid.</exception>
    public static void Write(Fleet fleet, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(writer);
        new IniFleetText(fleet, new IniTextWriter(writer)).Write();
    }

    /// <summary>Writes a fleet, and reads the text again to tell what is different then.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="issues">
    /// Where issues are added. Warnings, <see cref="FleetIniIssueCode.NotInText"/>: what the text cannot carry. Errors: why the text
    /// cannot be read again at all, such as a decky that is called <c>general</c>, a fleet without deckies or one that is too large.
    /// </param>
    /// <returns>The text, also when there are errors.</returns>
    /// <exception cref="FleetValidationException">What the fleet adds to the catalog is not valid.</exception>
    public static string Write(Fleet fleet, ICollection<FleetIssue> issues)
    {
        ArgumentNullException.ThrowIfNull(issues);
        var text = Write(fleet);
        new IniLosses(fleet, issues).Find(text);
        return text;
    }
}
