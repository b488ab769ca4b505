namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Lets other hosts bring deckies up. It returns when they have accepted the work or are known not to; what is accepted stays running until they report its end.</summary>
public sealed class SwarmDeployStrategy : IDeployStrategy
{
    readonly SwarmDispatch dispatch;

    internal SwarmDeployStrategy(SwarmDispatch dispatch) => this.dispatch = dispatch;

    /// <inheritdoc/>
    public bool Handles(Placement placement) => !placement.IsLocal;

    /// <inheritdoc/>
    public Task DeployAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var fleet = batch.Fleet;
        var network = new SwarmNetwork { Subnet = fleet.Subnet, Gateway = fleet.Gateway, Driver = fleet.Driver };
        return dispatch.RunAsync(batch, SendAsync, cancellationToken);

        Task<CommandReply> SendAsync(FleetHost host, IReadOnlyList<OperationItem> items, CancellationToken token)
        {
            var command = new DeployCommand
            {
                Version = SwarmProtocol.Version,
                Orders = [.. items.Select(item => new DeployOrder(item.Operation.Id, item.Decky!))],
                Network = network,
                Catalog = fleet.Catalog,
            };
            return dispatch.Client.DeployAsync(host, command, token);
        }
    }
}
