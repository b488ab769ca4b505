namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Lets other hosts remove deckies. It returns when they have accepted the work or are known not to; what is accepted stays running until they report its end.</summary>
public sealed class SwarmTeardownStrategy : ITeardownStrategy
{
    readonly SwarmDispatch dispatch;

    internal SwarmTeardownStrategy(SwarmDispatch dispatch) => this.dispatch = dispatch;

    /// <inheritdoc/>
    public bool Handles(Placement placement) => !placement.IsLocal;

    /// <inheritdoc/>
    public Task TeardownAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return dispatch.RunAsync(batch, SendAsync, cancellationToken);

        Task<CommandReply> SendAsync(FleetHost host, IReadOnlyList<OperationItem> items, CancellationToken token)
        {
            var command = new TeardownCommand
            {
                Version = SwarmProtocol.Version,
                Orders = [.. items.Select(item => new TeardownOrder(item.Operation.Id, item.Name))],
            };
            return dispatch.Client.TeardownAsync(host, command, token);
        }
    }
}
