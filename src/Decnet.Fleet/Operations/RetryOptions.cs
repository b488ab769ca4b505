namespace Decnet.Fleet.Operations;

/// <summary>How what fails in passing is tried again (<see cref="Containers.RuntimeException.IsTransient"/>).</summary>
public sealed record RetryOptions
{
    /// <summary>How long after the first failure the last attempt may begin; zero never tries again.</summary>
    /// <value>Default: 60 seconds.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait before the second attempt. Each further wait is twice as long, and all vary by a quarter.</summary>
    /// <value>Default: 500 milliseconds.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, TimeSpan.Zero, nameof(Window));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstDelay, TimeSpan.Zero, nameof(FirstDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, FirstDelay, nameof(MaxDelay));
    }

    /// <summary>The wait before an attempt, the second being number 1.</summary>
    internal TimeSpan Delay(int retry, Random random)
    {
        var doubled = FirstDelay * Math.Pow(2, Math.Min(retry - 1, 20));
        var capped = doubled < MaxDelay ? doubled : MaxDelay;
        lock (random)
        {
            return capped * (0.75 + (random.NextDouble() / 2));
        }
    }
}
