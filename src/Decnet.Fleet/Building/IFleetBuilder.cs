namespace Decnet.Fleet.Building;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;

/// <summary>
/// Makes a complete, valid <see cref="Fleet"/> of a description: every address, host name, service and setting is decided.
/// Nothing is deployed or written. The same seed and the same input give the same fleet, but for the time of
/// <see cref="Decky.LastMutated"/>, which is that of the builder's clock. With <see cref="FleetBuildOptions.Previous"/>, deckies
/// that are described as before stay as they are, whatever the seed.
/// </summary>
public interface IFleetBuilder
{
    /// <summary>Builds a fleet of a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The fleet.</returns>
    /// <exception cref="FleetValidationException">The request has errors; the exception has all of them.</exception>
    Fleet Build(FleetRequest request);

    /// <summary>Builds a fleet of a parsed INI description.</summary>
    /// <param name="ini">The description.</param>
    /// <param name="options">What the description leaves open, and what overrides it.</param>
    /// <returns>The fleet.</returns>
    /// <exception cref="FleetValidationException">The description or an option has errors; the exception has all of them.</exception>
    Fleet Build(FleetIni ini, FleetIniOptions? options = null);

    /// <summary>Builds a fleet of a request, or tells why not.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The fleet with warnings, or all errors.</returns>
    FleetBuildResult TryBuild(FleetRequest request);

    /// <summary>Builds a fleet of a parsed INI description, or tells why not.</summary>
    /// <param name="ini">The description.</param>
    /// <param name="options">What the description leaves open, and what overrides it.</param>
    /// <returns>The fleet with warnings, or all errors: those of the description's syntax and of its meaning, by line.</returns>
    FleetBuildResult TryBuild(FleetIni ini, FleetIniOptions? options = null);
}
