namespace Decnet.Fleet.Model;

/// <summary>An input was refused. It carries every error of that input, not only the first.</summary>
public sealed class FleetValidationException : DecnetException
{
    /// <summary>How many errors the message lists; <see cref="Errors"/> has all.</summary>
    const int MaxListed = 100;

    /// <summary>Makes the error from the issues of one input.</summary>
    /// <param name="subject">What was refused, such as <c>lab.ini</c> or <c>fleet request</c>.</param>
    /// <param name="issues">All issues of the input; at least one is an error.</param>
    public FleetValidationException(string subject, IEnumerable<FleetIssue> issues)
        : this(subject, [.. issues])
    {
    }

    FleetValidationException(string subject, ValueList<FleetIssue> issues) : base(Describe(subject, issues))
    {
        Subject = subject;
        Issues = issues;
        Errors = [.. issues.Where(issue => issue.Severity == FleetIssueSeverity.Error)];
    }

    /// <summary>What was refused.</summary>
    public string Subject { get; }

    /// <summary>Errors and warnings, in the order of the input.</summary>
    public ValueList<FleetIssue> Issues { get; }

    /// <summary>The errors alone, in the order of the input.</summary>
    public ValueList<FleetIssue> Errors { get; }

    static string Describe(string subject, ValueList<FleetIssue> issues)
    {
        var errors = issues.Where(issue => issue.Severity == FleetIssueSeverity.Error).ToArray();
        var lines = errors.Take(MaxListed).Select(error => "  " + error);
        var rest = errors.Length > MaxListed ? $"{Environment.NewLine}  and {errors.Length - MaxListed} more" : "";
        return errors.Length == 1
            ? $"{subject} is not valid: {errors[0]}"
            : $"{subject} is not valid, {errors.Length} errors:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}{rest}";
    }
}
