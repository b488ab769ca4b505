namespace Decnet.Testing;

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Decnet.Fleet.Telemetry;

/// <summary>What is measured and traced in the flow of the test that makes it. Tests that run beside it do not show.</summary>
public sealed class TelemetryRecorder : IDisposable
{
    static readonly AsyncLocal<TelemetryRecorder?> Current = new();

    readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> measurements = new();
    readonly ConcurrentQueue<Activity> ended = new();
    readonly MeterListener meters = new();
    readonly ActivityListener activities;

    public TelemetryRecorder()
    {
        Current.Value = this;
        meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == FleetTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.Start();
        activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == FleetTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = End,
        };
        ActivitySource.AddActivityListener(activities);
    }

    /// <summary>The activities that ended, in that order.</summary>
    public IReadOnlyList<Activity> Ended => [.. ended];

    /// <summary>The values and tags that an instrument was given, in order: <c>1 kind=deploy outcome=failed</c>.</summary>
    public IReadOnlyList<string> Of(string instrument) =>
        [.. measurements.Where(one => one.Instrument == instrument).Select(one => FormattableString.Invariant($"{one.Value} {one.Tags}").TrimEnd())];

    /// <summary>Forgets what was measured and traced so far.</summary>
    public void Clear()
    {
        measurements.Clear();
        ended.Clear();
    }

    public void Dispose()
    {
        activities.Dispose();
        meters.Dispose();
    }

    void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            measurements.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        }
    }

    void End(Activity activity)
    {
        if (Current.Value == this)
        {
            ended.Enqueue(activity);
        }
    }
}
