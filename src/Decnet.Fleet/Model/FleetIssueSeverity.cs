namespace Decnet.Fleet.Model;

/// <summary>How grave a <see cref="FleetIssue"/> is.</summary>
public enum FleetIssueSeverity
{
    /// <summary>The input works, but probably not as its author thinks.</summary>
    Warning,

    /// <summary>The input is refused.</summary>
    Error,
}
