namespace QuickStart;

using Decnet.Fleet.Reconciling;

/// <summary>Tells when a worker ended its first pass, and when it first repaired something.</summary>
internal sealed class RepairWatch : IProgress<ReconcileResult>
{
    readonly TaskCompletionSource firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource repair = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task FirstPass => firstPass.Task;

    internal Task Repair => repair.Task;

    public void Report(ReconcileResult value)
    {
        if (value.Repaired > 0)
        {
            repair.TrySetResult();
        }

        firstPass.TrySetResult();
    }
}
