namespace Decnet.Shell.Watching;

using System.Globalization;
using Decnet.Fleet.Events;
using Decnet.Fleet.Hosting;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Model = Decnet.Fleet.Model;
using Output = Decnet.Shell.Output;

/// <summary>Reads the event log.</summary>
public static class EventReading
{
    const int PageSize = 1000;

    /// <summary>Puts out the events there are, oldest first. Without a database there are none.</summary>
    /// <param name="session">What is worked on.</param>
    /// <param name="request">Which.</param>
    /// <param name="outlet">Takes the events.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends with the last event.</returns>
    /// <exception cref="FaultException">The topic is no pattern.</exception>
    public static async Task ReadAsync(DecnetSession session, EventRequest request, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(outlet);
        var pattern = request.Pattern();
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var end = await fleet.Events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        var position = Math.Max(request.After ?? 0, 0);
        if (request is { Last: { } wanted } && pattern is null)
        {
            position = Math.Max(position, end - wanted);
        }

        var kept = new Queue<Model.DecnetEvent>();
        for (var first = true; position < end; first = false)
        {
            var page = await fleet.Events.ReadAsync(position, pattern, PageSize, cancellationToken).ConfigureAwait(false);
            if (first && request.After > 0)
            {
                WarnOfMissed(page.Missed, outlet);
            }

            foreach (var happened in page.Events.TakeWhile(happened => happened.Sequence <= end))
            {
                Take(happened, request.Last, kept, outlet);
            }

            if (page.Next <= position)
            {
                break;
            }

            position = page.Next;
        }

        foreach (var happened in kept)
        {
            outlet.Write(Output.DecnetEvent.Of(happened));
        }
    }

    internal static void WarnOfMissed(long missed, IOutlet outlet)
    {
        if (missed > 0)
        {
            outlet.Warn(string.Create(CultureInfo.InvariantCulture, $"{missed} events after that sequence number are no longer kept."));
        }
    }

    static void Take(Model.DecnetEvent happened, int? last, Queue<Model.DecnetEvent> kept, IOutlet outlet)
    {
        if (last is not { } limit)
        {
            outlet.Write(Output.DecnetEvent.Of(happened));
            return;
        }

        kept.Enqueue(happened);
        if (kept.Count > limit)
        {
            kept.Dequeue();
        }
    }
}
