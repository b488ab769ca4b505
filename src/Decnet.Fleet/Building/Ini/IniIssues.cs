namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Model;

/// <summary>Collects the issues of one document, however many, and keeps the first ones of it by line.</summary>
internal sealed class IniIssues
{
    readonly Kept errors = new();
    readonly Kept warnings = new();

    internal bool HasErrors => errors.Total > 0;

    internal void Error(string code, int? line, string target, string message, string? fix = null) =>
        errors.Add(FleetIssue.Error(code, message, fix, target.Length == 0 ? null : target, line));

    internal void Warning(string code, int? line, string target, string message, string? fix = null) =>
        warnings.Add(FleetIssue.Warning(code, message, fix, target.Length == 0 ? null : target, line));

    /// <summary>The issues by line. Errors have the first claim on the places; the last issue counts what found none.</summary>
    internal ValueList<FleetIssue> ToList()
    {
        var shownErrors = errors.First(FleetIniParser.MaxIssues);
        var shownWarnings = warnings.First(FleetIniParser.MaxIssues - shownErrors.Count);
        var hiddenErrors = errors.Total - shownErrors.Count;
        var hiddenWarnings = warnings.Total - shownWarnings.Count;
        var issues = Kept.Sort([.. shownErrors, .. shownWarnings]);
        if (hiddenErrors + hiddenWarnings > 0)
        {
            var severity = hiddenErrors > 0 ? FleetIssueSeverity.Error : FleetIssueSeverity.Warning;
            var message = $"and {hiddenErrors} more errors and {hiddenWarnings} more warnings";
            issues.Add(new FleetIssue(severity, FleetIniIssueCode.MoreIssues, message));
        }

        return [.. issues];
    }

    sealed class Kept
    {
        const int Room = 2 * FleetIniParser.MaxIssues;

        List<FleetIssue> issues = [];

        internal int Total { get; private set; }

        internal static List<FleetIssue> Sort(IEnumerable<FleetIssue> issues) => [.. issues.OrderBy(issue => issue.Line ?? int.MaxValue)];

        internal void Add(FleetIssue issue)
        {
            Total++;
            issues.Add(issue);
            if (issues.Count == Room)
            {
                issues = First(FleetIniParser.MaxIssues);
            }
        }

        internal List<FleetIssue> First(int count) => [.. Sort(issues).Take(count)];
    }
}
