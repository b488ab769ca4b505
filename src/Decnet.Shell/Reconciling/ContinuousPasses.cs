namespace Decnet.Shell.Reconciling;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Reconciling;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Runs the worker that keeps a fleet as it should be, for as long as somebody lets it.</summary>
public static class ContinuousPasses
{
    // Who writes a number means seconds, and gets ten-millionths of one.
    static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>Runs until it is cancelled, or told to stop as any worker can be. Puts out the result of each pass that did something or was held.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="request">What the passes may do.</param>
    /// <param name="interval">How long after a pass the next one begins when nothing happens; null for the default of the worker.</param>
    /// <param name="workerName">The name under which it registers and takes messages.</param>
    /// <param name="outlet">Takes results, warnings and faults.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when the worker has, and has said so in the store.</returns>
    /// <exception cref="FaultException">The request is wrong.</exception>
    public static async Task RunAsync(
        DecnetSession session, PassRequest request, TimeSpan? interval, string workerName, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(outlet);
        Check(interval);
        var usual = new ReconcilerWorkerOptions();
        var pass = request.ToOptions();
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var options = usual with
        {
            Name = workerName,
            Pass = pass,
            Interval = interval ?? usual.Interval,
            Companions = [fleet.MakeSweeper()],
            Passes = new Feed(outlet),
        };
        outlet.Tell($"The worker is called {workerName}.");
        await fleet.MakeWorker(options, new WarningLogger<ReconcilerWorker>(outlet)).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    static void Check(TimeSpan? interval)
    {
        if (interval < ShortestInterval || interval > LongestInterval)
        {
            throw new FaultException(new Fault(
                "IntervalInvalid", FaultCategory.InvalidArgument,
                $"An interval of {interval} is not possible: it is 1 second to 1 day. Write '0:00:30' for 30 seconds; a bare number is taken as ten-millionths of a second.",
                interval));
        }
    }

    /// <summary>Puts out passes as they end. What holds all of them is warned of once, until it changes.</summary>
    sealed class Feed(IOutlet outlet) : IProgress<ReconcileResult>
    {
        string? lastReason;

        public void Report(ReconcileResult value)
        {
            if (value.HoldReason != lastReason)
            {
                PassReport.Tell(value.Holds, outlet);
                lastReason = value.HoldReason;
            }

            if (value.Steps.Count > 0 || value.Held)
            {
                outlet.Write(Output.ReconcileResult.Of(value));
                PassReport.Fail(value, outlet);
            }
        }
    }
}
