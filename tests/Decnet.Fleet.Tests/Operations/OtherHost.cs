namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>Ways to a host that accepts everything, or nothing, and works at nothing.</summary>
internal sealed class OtherHost : IDeployStrategy, IMutateStrategy, ITeardownStrategy
{
    internal static readonly HostId Id = HostId.Parse("host-2");

    internal string? Refusal { get; set; }

    internal List<OperationItem> Accepted { get; } = [];

    internal FleetServiceOptions Options => Workshop.AtOnce with
    {
        Strategies = new PlacementStrategies { Deploy = [this], Mutate = [this], Teardown = [this] },
    };

    bool IDeployStrategy.Handles(Placement placement) => !placement.IsLocal;

    bool IMutateStrategy.Handles(Placement placement) => !placement.IsLocal;

    bool ITeardownStrategy.Handles(Placement placement) => !placement.IsLocal;

    Task IDeployStrategy.DeployAsync(OperationBatch batch, CancellationToken cancellationToken) => TakeAsync(batch, cancellationToken);

    Task IMutateStrategy.MutateAsync(OperationBatch batch, CancellationToken cancellationToken) => TakeAsync(batch, cancellationToken);

    Task ITeardownStrategy.TeardownAsync(OperationBatch batch, CancellationToken cancellationToken) => TakeAsync(batch, cancellationToken);

    Task TakeAsync(OperationBatch batch, CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            throw new DecnetException(Refusal);
        }

        Accepted.AddRange(batch.Items);
        return batch.Journal.BeginAsync([.. batch.Items.Select(item => item.Operation.Id)], cancellationToken);
    }
}
