namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Lets other hosts give deckies other services. It returns when they have accepted the work or are known not to; what is accepted stays running until they report its end.</summary>
public sealed class SwarmMutateStrategy : IMutateStrategy
{
    readonly SwarmDispatch dispatch;

    internal SwarmMutateStrategy(SwarmDispatch dispatch) => this.dispatch = dispatch;

    /// <inheritdoc/>
    public bool Handles(Placement placement) => !placement.IsLocal;

    /// <inheritdoc/>
    public Task MutateAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return dispatch.RunAsync(batch, SendAsync, cancellationToken);

        Task<CommandReply> SendAsync(FleetHost host, IReadOnlyList<OperationItem> items, CancellationToken token)
        {
            var command = new MutateCommand
            {
                Version = SwarmProtocol.Version,
                Orders = [.. items.Select(item => new MutateOrder { OperationId = item.Operation.Id, Name = item.Name, Services = item.Decky!.Services })],
            };
            return dispatch.Client.MutateAsync(host, command, token);
        }
    }
}
