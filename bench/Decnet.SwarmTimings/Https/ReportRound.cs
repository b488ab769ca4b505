namespace Decnet.SwarmTimings.Https;

/// <summary>How all hosts report once.</summary>
internal enum ReportRound
{
    /// <summary>As fast as the master takes it, over connections that are kept.</summary>
    AtOnce,

    /// <summary>Evenly over a period, over the connections that were kept.</summary>
    Kept,

    /// <summary>Evenly over a period, each over a connection of its own.</summary>
    Anew,
}
