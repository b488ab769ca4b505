namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;

/// <summary>Gives the sections of a document their meaning. Nothing depends on the order of the sections but the order of deckies.</summary>
internal sealed class FleetIniReader
{
    const string General = "general";
    const string Default = "DEFAULT";

    readonly IniReading reading;
    readonly IniDeckyIndex deckies = new();
    readonly IniSettings settings = new();
    readonly HashSet<string> customSlugs;
    readonly List<IniSection> sections;

    FleetIniReader(List<IniSection> sections, IniReading reading)
    {
        this.sections = sections;
        this.reading = reading;
        customSlugs = sections.Where(IsCustom).Select(section => section.Name[IniCustomSection.Prefix.Length..]).ToHashSet(StringComparer.Ordinal);
    }

    internal static FleetIni Read(ReadOnlySpan<char> text, string source, FleetCatalog catalog)
    {
        var issues = new IniIssues();
        var sections = IniLexer.Read(text, issues);
        var reader = new FleetIniReader(sections, new IniReading(catalog, issues));
        var document = reader.ReadSections(new FleetIni { Source = source, Deckies = [] });
        reader.ReadSettings();
        reader.ReportNoDeckies(isBlank: sections.Count == 0 && !issues.HasErrors);
        return document with { Deckies = reader.deckies.Deckies(reader.settings), Issues = issues.ToList() };
    }

    FleetIni ReadSections(FleetIni document)
    {
        var services = new List<ServiceDefinition>();
        foreach (var section in sections)
        {
            if (section.Name == Default)
            {
                reading.Issues.Warning(
                    FleetIniIssueCode.DefaultIgnored, section.Line, section.Name, "[DEFAULT] has no effect: its keys are not those of every section",
                    "write the keys where they belong, or make a group with 'amount'");
            }
            else if (section.Name.Equals(General, StringComparison.OrdinalIgnoreCase))
            {
                CheckCase(section, General);
                var general = IniGeneralSection.Read(section, reading, document);
                document = section.IsDuplicate ? document : general;
            }
            else if (IsCustom(section))
            {
                CheckCase(section, IniCustomSection.Prefix);
                services.AddRange(new IniCustomSection(section, reading).Read() is { } service ? [service] : []);
            }
            else if (section.Name.Length > 0 && !IniServiceSection.Is(section))
            {
                deckies.Add(IniDeckySection.Read(section, reading));
            }
        }

        deckies.Expand(reading);
        return document with { CustomServices = [.. services] };
    }

    void ReadSettings()
    {
        foreach (var section in sections.Where(IniServiceSection.Is))
        {
            new IniServiceSection(section).Read(deckies, customSlugs, settings, reading);
        }
    }

    void CheckCase(IniSection section, string special)
    {
        if (!section.Name.StartsWith(special, StringComparison.Ordinal))
        {
            var proper = special + section.Name[special.Length..];
            reading.Issues.Error(
                FleetIniIssueCode.SectionCase, section.Line, IniText.Shorten(section.Name),
                $"[{IniText.Shorten(section.Name)}] is not [{IniText.Shorten(proper)}]: names of sections are case-sensitive",
                $"write [{IniText.Shorten(proper)}]");
        }
    }

    void ReportNoDeckies(bool isBlank)
    {
        if (isBlank)
        {
            reading.Issues.Error(FleetIniIssueCode.Empty, null, "", "the description is empty", "describe at least one decky, such as [web-01]");
        }
        else if (deckies.IsEmpty)
        {
            reading.Issues.Error(
                FleetIniIssueCode.NoDeckies, null, "", "the description has no decky",
                "add a section with the name of a decky, such as [web-01]");
        }
    }

    static bool IsCustom(IniSection section) =>
        section.Name.StartsWith(IniCustomSection.Prefix, StringComparison.OrdinalIgnoreCase) && !IniServiceSection.Is(section);
}
