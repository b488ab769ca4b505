namespace Decnet.Fleet.Telemetry;

using System.Diagnostics;
using System.Diagnostics.Metrics;

/// <summary>
/// How Decnet is measured and traced: by one <see cref="Meter"/> and one <see cref="ActivitySource"/> of the same name. Instruments
/// and activities are listed in docs/observability.md. Nothing is measured for nobody.
/// </summary>
public static class FleetTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Decnet.Fleet";

    /// <summary>From a request of a millisecond to an operation of minutes, in seconds.</summary>
    static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    static readonly ActivitySource Activities = new(Name);
    static readonly Meter Meter = new(Name);

    static readonly Counter<long> Passes =
        Meter.CreateCounter<long>("decnet.reconcile.passes", "{pass}", "Passes that ended.");

    static readonly Histogram<double> PassDuration =
        Meter.CreateHistogram("decnet.reconcile.duration", "s", "How long passes took.", advice: Seconds);

    static readonly Counter<long> Steps =
        Meter.CreateCounter<long>("decnet.reconcile.steps", "{step}", "Steps of passes.");

    static readonly Counter<long> HeldDeletes =
        Meter.CreateCounter<long>("decnet.reconcile.held_deletes", "{delete}", "Deletions that passes held, since they were over the budget.");

    static readonly Gauge<long> Deckies =
        Meter.CreateGauge<long>("decnet.deckies", "{decky}", "Recorded deckies of the host, as the last pass left them.");

    static readonly Counter<long> Operations =
        Meter.CreateCounter<long>("decnet.operations", "{operation}", "Operations that ended.");

    static readonly Histogram<double> OperationDuration =
        Meter.CreateHistogram("decnet.operations.duration", "s", "How long operations took.", advice: Seconds);

    static readonly Counter<long> EngineRequests =
        Meter.CreateCounter<long>("decnet.engine.requests", "{request}", "Requests to the container engine.");

    static readonly Histogram<double> EngineRequestDuration =
        Meter.CreateHistogram("decnet.engine.request.duration", "s", "How long requests to the container engine took.", advice: Seconds);

    static readonly Counter<long> Reconnects =
        Meter.CreateCounter<long>("decnet.engine.watch.reconnects", "{attempt}", "Attempts to follow the engine's events again.");

    static readonly Counter<long> Mutations =
        Meter.CreateCounter<long>("decnet.mutations", "{mutation}", "Mutations of deckies.");

    /// <summary>Whether somebody wants to know how many deckies there are, so that they must be counted.</summary>
    internal static bool CountsDeckies => Deckies.Enabled;

    internal static Activity? StartPass() => Activities.StartActivity("decnet.pass");

    internal static void PassEnded(string outcome, TimeSpan duration)
    {
        Passes.Add(1, Tag("outcome", outcome));
        PassDuration.Record(duration.TotalSeconds);
    }

    internal static void StepEnded(string action, string outcome) => Steps.Add(1, Tag("action", action), Tag("outcome", outcome));

    internal static void DeletesHeld(int count) => HeldDeletes.Add(count);

    internal static void DeckiesCounted(string state, int count) => Deckies.Record(count, Tag("state", state));

    internal static Activity? StartRepair(string decky) => Activities.StartActivity("decnet.repair")?.SetTag("decky", decky);

    /// <summary>Counts an operation that ended.</summary>
    /// <param name="kind">What it did, as its row says.</param>
    /// <param name="outcome">The state in which it ended, as its row says.</param>
    /// <param name="duration">How long it took.</param>
    internal static void OperationEnded(string kind, string outcome, TimeSpan duration)
    {
        Operations.Add(1, Tag("kind", kind), Tag("outcome", outcome));
        OperationDuration.Record(duration.TotalSeconds, Tag("kind", kind), Tag("outcome", outcome));
    }

    /// <summary>Counts a mutation of one decky.</summary>
    /// <param name="trigger">What asked for it.</param>
    internal static void Mutated(string trigger) => Mutations.Add(1, Tag("trigger", trigger));

    /// <summary>Begins to trace a request to the engine.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path without its query, which can hold secrets.</param>
    internal static Activity? StartEngineRequest(string method, string path) =>
        Activities.StartActivity("decnet.engine.request", ActivityKind.Client)?.SetTag("method", method).SetTag("path", path);

    internal static void EngineRequestEnded(string method, string outcome, TimeSpan duration)
    {
        EngineRequests.Add(1, Tag("method", method), Tag("outcome", outcome));
        EngineRequestDuration.Record(duration.TotalSeconds, Tag("method", method), Tag("outcome", outcome));
    }

    internal static void WatchReconnects() => Reconnects.Add(1);

    /// <summary>Says how the work of an activity ended, and ends it.</summary>
    internal static void End(Activity? activity, string outcome, bool failed)
    {
        activity?.SetTag("outcome", outcome);
        if (failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
    }

    static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
