namespace Decnet.Fleet.Model;

/// <summary>One thing that is wrong, or suspicious, in an input: an INI file, a request, a catalog file, a fleet file.</summary>
/// <param name="Severity">Whether the input is refused for it.</param>
/// <param name="Code">A stable, lower-case identifier of the kind of issue, such as <c>unknown-service</c>. It never changes; messages may.</param>
/// <param name="Message">What is wrong, with the offending value.</param>
public sealed record FleetIssue(FleetIssueSeverity Severity, string Code, string Message)
{
    /// <summary>What to write instead.</summary>
    /// <value>Default: null, when the message says it all.</value>
    public string? Fix { get; init; }

    /// <summary>What the issue is about: a decky, a section, a key.</summary>
    /// <value>Default: null, when it concerns the whole input.</value>
    public string? Target { get; init; }

    /// <summary>The line of the input, counted from 1.</summary>
    /// <value>Default: null, when the input has no lines.</value>
    public int? Line { get; init; }

    /// <summary>Makes an issue for which the input is refused.</summary>
    /// <param name="code">The stable identifier of its kind.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="fix">What to write instead.</param>
    /// <param name="target">The decky, section or key concerned.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <returns>The issue.</returns>
    public static FleetIssue Error(string code, string message, string? fix = null, string? target = null, int? line = null) =>
        new(FleetIssueSeverity.Error, code, message) { Fix = fix, Target = target, Line = line };

    /// <summary>Makes an issue that is reported while the input is accepted.</summary>
    /// <param name="code">The stable identifier of its kind.</param>
    /// <param name="message">What is suspicious.</param>
    /// <param name="fix">What to write instead.</param>
    /// <param name="target">The decky, section or key concerned.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <returns>The issue.</returns>
    public static FleetIssue Warning(string code, string message, string? fix = null, string? target = null, int? line = null) =>
        new(FleetIssueSeverity.Warning, code, message) { Fix = fix, Target = target, Line = line };

    /// <summary>The issue as one line of text: <c>line 12: error: message (fix)</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        var place = Line is { } line ? $"line {line}: " : Target is { } target ? $"{target}: " : "";
        var fix = Fix is null ? "" : $" ({Fix})";
        return $"{place}{(Severity == FleetIssueSeverity.Error ? "error" : "warning")}: {Message}{fix}";
    }
}
