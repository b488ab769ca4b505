namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Events;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;

/// <summary><c>decnetd events</c>: what has happened, and what happens.</summary>
internal sealed class EventsCommand : DaemonCommand
{
    const int PageSize = 1000;

    readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on with events as they happen, until stopped." };

    readonly Option<TopicPattern?> topic = new("--topic")
    {
        Description = "Only topics that fit: tokens between dots, '*' for one token, '>' at the end for one or more, such as 'decky.>'.",
        HelpName = "PATTERN",
        CustomParser = static result =>
        {
            if (!TopicPattern.TryParse(result.Tokens[0].Value, out var pattern))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a topic pattern: use tokens between dots, '*' for one token, '>' alone and last.");
            }

            return pattern;
        },
    };

    readonly Option<long?> after = new("--after")
    {
        Description = "Only events after this sequence number.",
        HelpName = "SEQ",
        CustomParser = Values.Number,
    };

    readonly Option<int?> last = new("--last")
    {
        Description = "Only so many, the newest. Default: 20, unless --after is given.",
        HelpName = "N",
        CustomParser = Values.Count,
    };

    internal EventsCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("events", "Show the event log.", global, environment)
    {
        Add(follow);
        Add(topic);
        Add(after);
        Add(last);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var output = new EventLines(Terminal, Global.Json(arguments));
        var pattern = arguments.GetValue(topic);
        var from = arguments.GetValue(after);
        var limit = arguments.GetValue(last) ?? (from is null ? 20 : int.MaxValue);
        if (arguments.GetValue(follow) && !host.HasStore)
        {
            throw new DecnetException($"There is no store in {host.Options.Folder.Path} yet, so nothing can be followed. Deploy a fleet, or start the worker.");
        }

        var shown = await ShowAsync(host.Events, from ?? 0, pattern, limit, output, cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(follow))
        {
            await FollowAsync(host.Events, shown, pattern, output, cancellationToken).ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>Prints the newest events there are.</summary>
    /// <returns>The sequence number to go on from.</returns>
    static async Task<long> ShowAsync(
        IEventLog events, long after, TopicPattern? pattern, int limit, EventLines output, CancellationToken cancellationToken)
    {
        var end = await events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        var kept = new Queue<DecnetEvent>();
        for (var position = after; position < end;)
        {
            var page = await events.ReadAsync(position, pattern, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var happened in page.Events)
            {
                kept.Enqueue(happened);
                if (kept.Count > limit)
                {
                    kept.Dequeue();
                }
            }

            if (page.Next == position)
            {
                break;
            }

            position = page.Next;
        }

        foreach (var happened in kept)
        {
            output.Write(happened);
        }

        // An event may have been read that came after the end was looked at.
        return Math.Max(end, kept.Count > 0 ? kept.Last().Sequence : after);
    }

    static async Task FollowAsync(IEventLog events, long after, TopicPattern? pattern, EventLines output, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in events.FollowAsync(after, pattern, cancellationToken).ConfigureAwait(false))
            {
                output.Write(happened);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody has seen enough.
        }
    }
}
