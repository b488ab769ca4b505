namespace Decnet.EngineTimings;

using System.Diagnostics;

/// <summary>Times of the same thing, measured several times.</summary>
internal sealed class Sample
{
    readonly List<double> milliseconds = [];

    internal int Count => milliseconds.Count;

    internal double Median => Percentile(0.5);

    internal double Max => milliseconds.Max();

    internal void Add(TimeSpan time) => milliseconds.Add(time.TotalMilliseconds);

    internal async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        var time = Stopwatch.GetElapsedTime(started);
        Add(time);
        return time;
    }

    /// <summary>The smallest time that so large a share of all times does not exceed (nearest rank); the mean of the middle two for a half.</summary>
    internal double Percentile(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        var rank = (int)Math.Ceiling(share * sorted.Length);
        return share == 0.5 && sorted.Length % 2 == 0 ? (sorted[rank - 1] + sorted[rank]) / 2 : sorted[Math.Max(rank, 1) - 1];
    }

    /// <summary>The median of the ratios of times that were measured next to each other.</summary>
    internal double MedianRatioTo(Sample other)
    {
        var ratios = milliseconds.Zip(other.milliseconds, (mine, its) => mine / its).Order().ToArray();
        return ratios.Length % 2 == 0 ? (ratios[(ratios.Length / 2) - 1] + ratios[ratios.Length / 2]) / 2 : ratios[ratios.Length / 2];
    }

    public override string ToString() => Report.Number(Median, "0.0") + " ms";
}
