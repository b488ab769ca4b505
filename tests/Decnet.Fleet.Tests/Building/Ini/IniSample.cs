namespace Decnet.Fleet.Tests.Building.Ini;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Xunit;

static class IniSample
{
    public static readonly string[] Names = ["lab.ini", "office.ini", "windows.ini", "windows-utf16.ini", "old-mac.ini"];

    public static byte[] Bytes(string name)
    {
        using var stream = typeof(IniSample).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string Text(string name) => FleetIniFile.Decode(Bytes(name))!;

    /// <summary>Parses a text in which nothing may be wrong.</summary>
    public static FleetIni Clean(string text)
    {
        var ini = FleetIniParser.Parse(text);
        Assert.Empty(ini.Issues);
        return ini;
    }

    /// <summary>The only issue of a text.</summary>
    public static FleetIssue Issue(string text)
    {
        var issue = Assert.Single(FleetIniParser.Parse(text).Issues);
        Assert.NotNull(issue.Fix);
        return issue;
    }

    public static void HasError(string text, string code, int? line) => Has(Issue(text), FleetIssueSeverity.Error, code, line);

    public static void HasWarning(string text, string code, int? line) => Has(Issue(text), FleetIssueSeverity.Warning, code, line);

    static void Has(FleetIssue issue, FleetIssueSeverity severity, string code, int? line) =>
        Assert.Equal((severity, code, line), (issue.Severity, issue.Code, issue.Line));
}
