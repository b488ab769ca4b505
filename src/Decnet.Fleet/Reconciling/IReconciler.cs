namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.State;

/// <summary>
/// Brings rows, and on request containers, of one host in line with the fleet file. Level-based: every pass looks at
/// everything anew and can be repeated at any time; what a pass does not depend on what happened before it.
/// </summary>
public interface IReconciler
{
    /// <summary>Makes a plan and stops. It reads the fleet file, the store and the runtime, and changes nothing.</summary>
    /// <param name="options">What the pass may do; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="StateStoreException">The store cannot be read.</exception>
    Task<ReconcilePlan> PlanAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Carries out a plan, if everything that it was made from is still the same.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops before the next step; what is done stays done, and a later pass goes on.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="PlanStaleException">Something changed since; nothing was done.</exception>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    Task<ReconcileResult> ApplyAsync(ReconcilePlan plan, CancellationToken cancellationToken = default);

    /// <summary>Makes a plan and carries it out at once.</summary>
    /// <param name="options">What the pass may do; null for the defaults.</param>
    /// <param name="cancellationToken">Stops before the next step; what is done stays done, and a later pass goes on.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="StateStoreException">The store cannot be read or written.</exception>
    Task<ReconcileResult> ReconcileAsync(ReconcileOptions? options = null, CancellationToken cancellationToken = default);
}
