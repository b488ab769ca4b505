namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary>Waits for operations that other hosts have accepted.</summary>
internal static class RemoteWork
{
    /// <summary>A master that runs ends operations soon after their deadline. Longer than that nobody is waited for.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Waits until all operations have ended, or nobody can be expected to end them any more.</summary>
    /// <returns>The result with the operations as they are then.</returns>
    internal static async Task<FleetWorkResult> WaitAsync(
        LocalFleet host, FleetWorkResult result, IProgress<DeployProgress> progress, CancellationToken cancellationToken)
    {
        Operation[] open = [.. result.Operations.Where(operation => operation.IsOpen)];
        if (open.Length == 0)
        {
            return result;
        }

        var left = open.Max(operation => operation.Deadline) + Grace - host.Clock.GetUtcNow();
        using var over = new CancellationTokenSource(left > Grace ? left : Grace, host.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var ids = result.Operations.Select(operation => operation.Id).ToArray();
        try
        {
            return result with { Operations = [.. await host.Service.WaitAsync(ids, progress, either.Token).ConfigureAwait(false)] };
        }
        catch (OperationCanceledException)
        {
            var now = await host.Store.ListOperationsAsync(new OperationQuery { Ids = ids.ToHashSet(), Limit = int.MaxValue }, CancellationToken.None).ConfigureAwait(false);
            return result with { Operations = [.. ids.Select(id => now.First(operation => operation.Id == id))] };
        }
    }
}
