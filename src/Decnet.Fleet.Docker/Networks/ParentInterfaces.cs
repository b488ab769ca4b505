namespace Decnet.Fleet.Docker.Networks;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;

/// <summary>Finds the parent interface of networks that name none.</summary>
/// <param name="endpoint">Where the engine is: interfaces of another host than ours cannot be seen.</param>
/// <param name="detect">Finds the interface of this host for a subnet.</param>
internal sealed class ParentInterfaces(DockerEndpoint endpoint, Func<IPNetwork, CancellationToken, Task<HostInterface>> detect)
{
    /// <summary>The network with its parent interface; unchanged when it names one or needs none.</summary>
    /// <exception cref="RuntimeException">None could be found, or it cannot carry the network.</exception>
    internal async Task<NetworkSpec> CompleteAsync(NetworkSpec network, CancellationToken cancellationToken)
    {
        if (network.Driver == NetworkDriver.Bridge || network.ParentInterface is not null)
        {
            return network;
        }

        if (!IsLocal)
        {
            throw Missing(network, $"it cannot be detected, since the engine at {endpoint} may be on another host");
        }

        try
        {
            var found = await detect(network.Subnet, cancellationToken).ConfigureAwait(false);
            return found.IsWireless && network.Driver == NetworkDriver.Macvlan
                ? throw Missing(network, $"the one that was detected, {found.Name}, is Wi-Fi, which carries no macvlan; ipvlan would do")
                : network with { ParentInterface = found.Name };
        }
        catch (HostNetworkException error)
        {
            throw Missing(network, error.Message, error);
        }
    }

    bool IsLocal => endpoint.Address.Scheme == EndpointScheme.Unix || (endpoint.Address.Scheme == EndpointScheme.Pipe && endpoint.PipeServer == ".");

    static RuntimeException Missing(NetworkSpec network, string why, Exception? cause = null) => new(
        RuntimeError.Invalid,
        $"The {Token<NetworkDriver>.Of(network.Driver)} network {network.Name} has no parent interface: {why}. Name the fleet's interface.",
        cause);
}
