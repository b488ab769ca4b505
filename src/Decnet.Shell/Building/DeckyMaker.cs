namespace Decnet.Shell.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Output = Decnet.Shell.Output;

/// <summary>Describes deckies, and touches nothing: no file, no engine, no interface.</summary>
public static class DeckyMaker
{
    /// <summary>Describes deckies.</summary>
    /// <param name="request">Which.</param>
    /// <param name="warn">Told what is remarkable.</param>
    /// <returns>The deckies.</returns>
    /// <exception cref="FleetValidationException">The request is wrong; the error has every reason.</exception>
    public static IReadOnlyList<Output.Decky> Make(DeckyRequest request, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(warn);
        var space = AddressesAlone.Around(request);
        var built = new FleetBuilder().TryBuild(new FleetRequest
        {
            Count = request.Count,
            Names = List(request.Names),
            NamePrefix = request.NamePrefix,
            Services = List(request.Services),
            Archetype = request.Archetype,
            RandomizeServices = request.RandomizeServices,
            Distros = List(request.Distros),
            RandomizeDistros = request.RandomizeDistros,
            Addresses = request.Addresses is null ? null : [.. request.Addresses],
            Subnet = request.Subnet ?? space?.Subnet,
            Gateway = request.Gateway ?? space?.Gateway,
            HostAddress = request.HostAddress,
            FirstAddress = request.FirstAddress,
            MutateInterval = request.MutateInterval,
            ServiceConfig = request.ServiceConfig,
            Seed = request.Seed,
        });
        var fleet = built.GetFleet();
        foreach (var warning in built.Warnings)
        {
            warn(warning.ToString());
        }

        return [.. fleet.Deckies.Select(decky => new Output.Decky(decky, fleet, space is null))];
    }

    static ValueList<string>? List(string[]? values) => values is null ? null : [.. values];
}
