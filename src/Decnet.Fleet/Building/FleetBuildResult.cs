namespace Decnet.Fleet.Building;

using System.Diagnostics.CodeAnalysis;
using Decnet.Fleet.Model;

/// <summary>What became of a build: a fleet, perhaps with warnings, or errors.</summary>
public sealed class FleetBuildResult
{
    internal FleetBuildResult(string subject, Fleet? fleet, ValueList<FleetIssue> issues)
    {
        Subject = subject;
        Fleet = fleet;
        Issues = issues;
    }

    /// <summary>What was built from: <c>fleet request</c>, or the source of the INI description.</summary>
    public string Subject { get; }

    /// <summary>The fleet.</summary>
    /// <value>Null when there are errors.</value>
    public Fleet? Fleet { get; }

    /// <summary>Errors and warnings; those of an INI description in the order of its lines.</summary>
    public ValueList<FleetIssue> Issues { get; }

    /// <summary>Whether there is a fleet.</summary>
    [MemberNotNullWhen(true, nameof(Fleet))]
    public bool Succeeded => Fleet is not null;

    /// <summary>The errors alone.</summary>
    public IEnumerable<FleetIssue> Errors => Issues.Where(issue => issue.Severity == FleetIssueSeverity.Error);

    /// <summary>The warnings alone.</summary>
    public IEnumerable<FleetIssue> Warnings => Issues.Where(issue => issue.Severity == FleetIssueSeverity.Warning);

    /// <summary>The fleet, or the errors as an exception.</summary>
    /// <returns>The fleet.</returns>
    /// <exception cref="FleetValidationException">There are errors.</exception>
    public Fleet GetFleet() => Fleet ?? throw new FleetValidationException(Subject, Issues);
}
