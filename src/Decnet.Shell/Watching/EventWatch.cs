namespace Decnet.Shell.Watching;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Follows the event log.</summary>
public static class EventWatch
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Puts out events as they happen, until their number is reached, the time is over, or it is cancelled. A database that is not there
    /// yet is waited for.
    /// </summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="request">Which, and how long.</param>
    /// <param name="outlet">Takes the events.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends with the watch.</returns>
    /// <exception cref="FaultException">The topic is no pattern.</exception>
    public static async Task RunAsync(DecnetSession session, EventRequest request, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(outlet);
        using var time = new CancellationTokenSource(request.Timeout ?? Timeout.InfiniteTimeSpan, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await FollowAsync(session, request, outlet, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The time is over, which is how it was to end.
        }
    }

    static async Task FollowAsync(DecnetSession session, EventRequest request, IOutlet outlet, CancellationToken cancellationToken)
    {
        var pattern = request.Pattern();
        var (fleet, waited) = await OpenAsync(session, outlet, cancellationToken).ConfigureAwait(false);

        // In a database that was made meanwhile, all events are new.
        var after = request.After ?? (waited ? 0 : null);
        if (request.After is > 0 and var asked)
        {
            EventReading.WarnOfMissed((await fleet.Events.ReadAsync(asked, pattern, 1, cancellationToken).ConfigureAwait(false)).Missed, outlet);
        }

        var left = request.Count;
        await foreach (var happened in fleet.Events.FollowAsync(after, pattern, cancellationToken).ConfigureAwait(false))
        {
            outlet.Write(Output.DecnetEvent.Of(happened));
            if (--left <= 0)
            {
                return;
            }
        }
    }

    static async Task<(LocalFleet Fleet, bool Waited)> OpenAsync(DecnetSession session, IOutlet outlet, CancellationToken cancellationToken)
    {
        var waited = false;
        while (true)
        {
            try
            {
                var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
                if (fleet.HasStore)
                {
                    return (fleet, waited);
                }
            }
            catch (StateStoreException) when (waited)
            {
                // It is being made; the next look finds it complete.
            }

            if (!waited)
            {
                outlet.Tell($"There is no database in {session.Options.Folder.Path} yet. It is waited for.");
                waited = true;
            }

            await Task.Delay(Look, session.Clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
