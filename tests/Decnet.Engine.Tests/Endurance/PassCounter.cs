namespace Decnet.Engine.Tests.Endurance;

using Decnet.Fleet.Reconciling;

/// <summary>Counts the passes that a worker tells of.</summary>
sealed class PassCounter : IProgress<ReconcileResult>
{
    int count;

    public int Count => Volatile.Read(ref count);

    public void Report(ReconcileResult value) => Interlocked.Increment(ref count);
}
