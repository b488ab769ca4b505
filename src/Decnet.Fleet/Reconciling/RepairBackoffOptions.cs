namespace Decnet.Fleet.Reconciling;

/// <summary>How long to wait between repairs of the same decky.</summary>
public sealed record RepairBackoffOptions
{
    /// <summary>The wait after a repair that failed, or after the second one in a row; it doubles with each further one.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By which share of itself a wait may be longer or shorter, so that deckies do not restart in step.</summary>
    /// <value>Default: 0.2.</value>
    public double Jitter { get; init; } = 0.2;

    /// <summary>After how long a time in good state the history is forgotten.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan HealthyPeriod { get; init; } = TimeSpan.FromMinutes(5);
}
