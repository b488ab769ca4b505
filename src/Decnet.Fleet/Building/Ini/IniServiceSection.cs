namespace Decnet.Fleet.Building.Ini;

using Decnet.Fleet.Model;

/// <summary>A section <c>[owner.service]</c>: settings of a service. Its last dot separates the two, since no decky's name has one.</summary>
internal readonly struct IniServiceSection(IniSection section)
{
    readonly int dot = section.Name.LastIndexOf('.');

    string Owner => section.Name[..dot];

    string Service => section.Name[(dot + 1)..];

    internal static bool Is(IniSection section) => section.Name.Contains('.');

    internal void Read(IniDeckyIndex deckies, IReadOnlySet<string> customSlugs, IniSettings settings, IniReading reading)
    {
        var service = reading.Catalog.FindService(Service);
        var isService = service is not null || customSlugs.Contains(Service);
        var isOwner = deckies.IsOwner(Owner);
        if (!isService)
        {
            ReportService(customSlugs, isOwner, reading);
        }

        if (!isOwner && !deckies.MayBeOwner(Owner))
        {
            ReportOwner(deckies, isService, reading);
        }

        CheckLines(service, reading);
        if (isService && isOwner)
        {
            settings.Add(Owner, Service, section);
        }
    }

    void ReportService(IReadOnlySet<string> customSlugs, bool isOwner, IniReading reading)
    {
        var nearest = reading.Nearest(Service, reading.Catalog.Services.Select(service => service.Slug).Concat(customSlugs));
        var fix = nearest is not null ? $"did you mean [{IniText.Shorten(Owner)}.{nearest}]?"
            : isOwner ? $"use the slug of a service, or define this one in [{IniCustomSection.Prefix}{IniText.Shorten(Service)}]"
            : $"if it is a decky, write its name without dots, such as [{DeckyName.Suggest(section.Name)}]";
        reading.Issues.Error(
            FleetIniIssueCode.UnknownService, section.Line, IniText.Shorten(section.Name),
            $"[{IniText.Shorten(section.Name)}] has settings for {IniText.Show(Service)}, which is not a service", fix);
    }

    void ReportOwner(IniDeckyIndex deckies, bool isService, IniReading reading)
    {
        // A name with a dot that is neither side of a service section has been reported as a whole.
        if (!isService)
        {
            return;
        }

        var proper = DeckyName.Suggest(Owner);
        var nearest = deckies.IsOwner(proper) ? proper : reading.Nearest(Owner, deckies.Owners);
        var fix = nearest is not null ? $"did you mean [{nearest}.{Service}]?"
            : Owner.StartsWith(IniCustomSection.Prefix, StringComparison.Ordinal) ? $"'{IniCustomSection.Prefix}' starts the name of a service of your own, not of a decky; rename the decky"
            : "add the section of that decky or group, or remove this one; a name that others only start with is not their group";
        reading.Issues.Error(
            FleetIniIssueCode.UnknownOwner, section.Line, IniText.Shorten(section.Name),
            $"[{IniText.Shorten(section.Name)}] has settings for {IniText.Show(Owner)}, which is neither a decky nor a group", fix);
    }

    /// <summary>Only a text area can have several lines; elsewhere an indented line was not meant to continue the one above.</summary>
    void CheckLines(ServiceDefinition? service, IniReading reading)
    {
        if (service is null)
        {
            return;
        }

        foreach (var entry in section.Entries.Where(entry => entry.Value.Contains('\n')))
        {
            if (service.ConfigFields.FirstOrDefault(field => field.Key == entry.Key) is { Type: not ConfigFieldType.Textarea })
            {
                reading.Issues.Error(
                    FleetIniIssueCode.ContinuedValue, entry.Line, IniText.Target(section.Name, entry.Key),
                    $"line {entry.ContinuationLine} is indented, so it continues the value of '{entry.Key}'",
                    $"remove the indentation of line {entry.ContinuationLine}");
            }
        }
    }
}
