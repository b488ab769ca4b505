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
    /// <exception cref="FaultException">The host can be none.</exception>
    public static IReadOnlyList<Output.Decky> Make(DeckyRequest request, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(warn);
        HostId? host = request.HostId is null ? null : ParseHost(request.HostId);
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
            HostAddresses = request.HostAddress is null ? [] : [request.HostAddress],
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

        return [.. fleet.Deckies.Select(decky => new Output.Decky(decky with { HostId = host }, fleet, space is null))];
    }

    /// <summary>Reads the identity or name of a host; names are identities too.</summary>
    /// <exception cref="FaultException">It can be neither.</exception>
    internal static HostId ParseHost(string text) => HostId.TryParse(text, out var host)
        ? host
        : throw new FaultException(new Fault(
            "HostIdInvalid", FaultCategory.InvalidArgument, $"'{text}' is not a host id: use 1 to 63 letters, digits, hyphens and underscores.", text));

    static ValueList<string>? List(string[]? values) => values is null ? null : [.. values];
}
