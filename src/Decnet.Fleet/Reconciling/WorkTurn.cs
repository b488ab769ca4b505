namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>A pass's turn to work on containers: the work lock, or why it cannot be had.</summary>
internal sealed class WorkTurn : IAsyncDisposable
{
    /// <summary>The turn of a pass that works on no container, or shares the host with nobody.</summary>
    internal static readonly WorkTurn NotNeeded = new(null, null);

    /// <summary>Who works on the fleet rarely does so for long, and the pass has something to do after it.</summary>
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    readonly IAsyncDisposable? held;

    WorkTurn(IAsyncDisposable? held, PlanHold? hold)
    {
        this.held = held;
        Hold = hold;
    }

    /// <summary>Whether the pass has the lock.</summary>
    internal bool IsTaken => held is not null;

    /// <summary>Why the pass may not touch containers; null when it may.</summary>
    internal PlanHold? Hold { get; }

    internal static async Task<WorkTurn> TakeAsync(IWorkLock work, ReconcilePlan plan, TimeProvider clock, CancellationToken cancellationToken)
    {
        var deckies = plan.Steps.Where(step => !step.IsRecord).Select(step => step.DeckyName).Distinct(StringComparer.Ordinal).ToArray();
        var purpose = deckies.Length == 1
            ? $"repairing {deckies[0]}"
            : string.Create(CultureInfo.InvariantCulture, $"repairing {deckies.Length} deckies");
        try
        {
            return new WorkTurn(await work.AcquireAsync(purpose, TimeSpan.Zero, cancellationToken).ConfigureAwait(false), null);
        }
        catch (FleetLockedException error)
        {
            var reason = $"the fleet is being worked on by {error.Holder ?? "somebody who did not say who"}; no container is touched until that has ended";
            return new WorkTurn(null, Held(reason, deckies) with { Until = clock.GetUtcNow() + Retry });
        }
        catch (FleetFileException error)
        {
            return new WorkTurn(null, Held(error.Message, deckies));
        }
    }

    public ValueTask DisposeAsync() => held?.DisposeAsync() ?? ValueTask.CompletedTask;

    static PlanHold Held(string reason, string[] deckies) => new() { Kind = HoldKind.WorkUnderway, Reason = reason, Deckies = [.. deckies] };
}
