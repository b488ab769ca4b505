namespace Decnet.Shell.Deploying;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Model = Decnet.Fleet.Model;

/// <summary>Finds the network for deckies that were described one by one.</summary>
/// <param name="request">What the caller says, which comes first.</param>
/// <param name="detect">Finds the network of this host, by the name of an interface or its default route.</param>
internal sealed class NetworkChoice(DeployRequest request, Func<string?, CancellationToken, Task<HostInterface>> detect)
{
    /// <summary>
    /// Chooses: the caller's, else that of the present fleet if it has deckies, else the one that the deckies were described in, else that
    /// of an empty present fleet, else the host's.
    /// </summary>
    /// <param name="present">The present fleet; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A fleet of this network, without deckies.</returns>
    /// <exception cref="FaultException">Nothing names a network, or several are named.</exception>
    /// <exception cref="HostNetworkException">The host's cannot be told.</exception>
    internal async Task<Model.Fleet> ChooseAsync(Model.Fleet? present, CancellationToken cancellationToken)
    {
        var isGiven = request is { Subnet: not null, Gateway: not null };
        var basis = present is { Deckies.Count: > 0 } ? present : Named(isGiven) ?? present;
        var driver = Driver(request) ?? basis?.Driver ?? NetworkDriver.Macvlan;
        if (basis is null && !isGiven)
        {
            basis = driver == NetworkDriver.Bridge ? MadeUp() : await HostAsync(cancellationToken).ConfigureAwait(false);
        }

        var subnet = request.Subnet ?? basis!.Subnet;
        return new Model.Fleet
        {
            Subnet = subnet,
            Gateway = request.Gateway ?? Gateway(basis!, subnet),
            Driver = driver,
            Interface = request.Interface ?? (driver == NetworkDriver.Bridge ? null : basis?.Interface),
            Deckies = [],
        };
    }

    /// <summary>The driver that the caller names.</summary>
    internal static NetworkDriver? Driver(DeployRequest request) =>
        request.Driver is { } name ? Enum.Parse<NetworkDriver>(name, ignoreCase: true) : null;

    /// <summary>The network that the deckies were described in; null when nobody named one.</summary>
    Model.Fleet? Named(bool isGiven)
    {
        Model.Fleet[] named = [.. Origins(hasNetwork: true)];
        return named.Length < 2 || isGiven
            ? named.FirstOrDefault()
            : throw new FaultException(new Fault(
                "NetworksDiffer",
                FaultCategory.InvalidArgument,
                $"The deckies were described in different networks: {string.Join(", ", named.Select(fleet => $"{fleet.Subnet} with the gateway {fleet.Gateway}"))}. "
                    + "A fleet has one: name it with -Subnet and -Gateway, or describe them in the same one."));
    }

    /// <summary>The network around addresses that were given without one: good for a bridge, which is a network of its own.</summary>
    Model.Fleet MadeUp() => Origins(hasNetwork: false).ToArray() is [var only]
        ? only
        : throw new FaultException(new Fault(
            "NetworkUnknown",
            FaultCategory.InvalidArgument,
            "Nothing says in which network the deckies are. Name it with -Subnet and -Gateway."));

    IEnumerable<Model.Fleet> Origins(bool hasNetwork) => request.Deckies!
        .Where(decky => decky.HasNetwork == hasNetwork)
        .Select(decky => decky.Origin)
        .DistinctBy(fleet => (fleet.Subnet, fleet.Gateway.ToString(), fleet.Driver, fleet.Interface));

    async Task<Model.Fleet> HostAsync(CancellationToken cancellationToken)
    {
        var found = await detect(request.Interface, cancellationToken).ConfigureAwait(false);
        return new Model.Fleet
        {
            Subnet = found.Subnet,
            Gateway = found.Gateway ?? request.Gateway ?? throw NoGateway(found.Subnet),
            Interface = found.Name,
            Deckies = [],
        };
    }

    static IPAddress Gateway(Model.Fleet basis, IPNetwork subnet) =>
        AddressSpaceCheck.Contains(subnet, basis.Gateway) ? basis.Gateway : throw NoGateway(subnet);

    static FaultException NoGateway(IPNetwork subnet) => new(new Fault(
        "GatewayUnknown", FaultCategory.InvalidArgument, $"Nothing says which gateway the network {subnet} has. Name it with -Gateway."));
}
