namespace Decnet.Shell.Deploying;

using System.Net;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Model = Decnet.Fleet.Model;

/// <summary>Makes the fleet to deploy of what a request gives. With the same present fleet and the same seed, it makes the same.</summary>
/// <param name="request">The request.</param>
/// <param name="seed">What choices that are left to chance start from.</param>
/// <param name="clock">The clock.</param>
/// <param name="taken">Tells which addresses of a network the host knows to be taken.</param>
/// <param name="detect">Finds the network of this host; null for the system's tables.</param>
internal sealed class FleetSource(
    DeployRequest request,
    int seed,
    TimeProvider clock,
    Func<IPNetwork, CancellationToken, Task<TakenAddresses>> taken,
    Func<string?, CancellationToken, Task<HostInterface>>? detect = null)
{
    readonly Func<string?, CancellationToken, Task<HostInterface>> detect = detect ?? HostInterfaces.DetectAsync;

    /// <summary>Makes the fleet.</summary>
    /// <param name="state">The present one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet, and what is remarkable of its description.</returns>
    /// <exception cref="FleetValidationException">The description is wrong; the error has every reason.</exception>
    /// <exception cref="FaultException">There is no description, or no network for it.</exception>
    internal async Task<(Model.Fleet Fleet, IReadOnlyList<string> Warnings)> MakeAsync(DesiredState state, CancellationToken cancellationToken)
    {
        var present = (state as DesiredState.Known)?.Fleet;
        if (request.Path is { } path)
        {
            return await ReadAsync(path, present, cancellationToken).ConfigureAwait(false);
        }

        if (request.Fleet is { } fleet)
        {
            return (Override(fleet.Desired), []);
        }

        var network = await new NetworkChoice(request, detect).ChooseAsync(present, cancellationToken).ConfigureAwait(false);
        return (
            network with
            {
                Deckies = [.. request.Deckies!.Select(decky => decky.Desired)],
                Catalog = CatalogJoin.Of(request.Deckies!.Select(decky => decky.Origin.Catalog)),
            },
            []);
    }

    async Task<(Model.Fleet Fleet, IReadOnlyList<string> Warnings)> ReadAsync(string path, Model.Fleet? present, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new FaultException(new Fault("PathNotFound", FaultCategory.ObjectNotFound, $"There is no file '{path}'.", path));
        }

        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            var document = FleetDocument.Load(path);
            var fleet = document.GetFleet();
            return (Override(fleet), [.. document.Issues.Select(issue => $"{path}: {issue}")]);
        }

        var options = new FleetDescriptionOptions
        {
            Subnet = request.Subnet,
            Gateway = request.Gateway,
            Interface = request.Interface,
            Driver = NetworkChoice.Driver(request),
            Seed = seed,
            Replace = request.Replace,
        };
        var description = FleetIniParser.Load(path).ThrowIfInvalid();
        var built = await new FleetDescriber(clock, detect, taken).DescribeAsync(description, present, options, cancellationToken).ConfigureAwait(false);
        return (built.GetFleet(), [.. built.Warnings.Select(warning => $"{built.Subject}: {warning}")]);
    }

    Model.Fleet Override(Model.Fleet fleet) => fleet with
    {
        Subnet = request.Subnet ?? fleet.Subnet,
        Gateway = request.Gateway ?? fleet.Gateway,
        Interface = request.Interface ?? fleet.Interface,
        Driver = NetworkChoice.Driver(request) ?? fleet.Driver,
    };
}
