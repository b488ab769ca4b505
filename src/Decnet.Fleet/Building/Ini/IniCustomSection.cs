namespace Decnet.Fleet.Building.Ini;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>Reads <c>[custom-SLUG]</c>: a service of this fleet, made from an image that the operator brings.</summary>
internal sealed class IniCustomSection(IniSection section, IniReading reading)
{
    internal const string Prefix = "custom-";
    const int LongestSlug = 40;
    const int LongestImage = 255;

    readonly IniSectionKeys keys = new(section, IniKeys.Custom, reading);
    readonly string slug = section.Name[Prefix.Length..];

    /// <summary>The service, or null if it is not valid.</summary>
    internal ServiceDefinition? Read()
    {
        var slugFits = CheckSlug();
        var image = Image();
        var command = Command();
        var ports = Ports();
        return !slugFits || image is null || section.IsDuplicate
            ? null
            : new ServiceDefinition { Slug = slug, DisplayName = slug, Image = image, Command = command, Ports = ports };
    }

    bool CheckSlug()
    {
        if (slug.Length is 0 or > LongestSlug || slug[0] == '_' || slug[^1] == '_' || slug.Any(c => !IsSlugCharacter(c)))
        {
            var proposal = DeckyName.Suggest(slug).Replace('-', '_');
            proposal = slug.Length == 0 ? "plc" : proposal[..Math.Min(proposal.Length, LongestSlug)].TrimEnd('_');
            reading.Issues.Error(
                FleetIniIssueCode.InvalidSlug, section.Line, IniText.Shorten(section.Name), $"{IniText.Show(slug)} is not the name of a service",
                $"use 1 to {LongestSlug} lower-case letters, digits and underscores between them, such as [{Prefix}{proposal}]");
            return false;
        }

        if (reading.Catalog.FindService(slug) is null)
        {
            return true;
        }

        reading.Issues.Error(
            FleetIniIssueCode.ServiceExists, section.Line, section.Name, $"there is a service '{slug}' already, which a custom one must not hide",
            $"choose another name, such as [{Prefix}my_{slug}], and use it in 'services'");
        return false;
    }

    string? Image()
    {
        if (!keys.Has("binary"))
        {
            var name = DeckyName.Suggest(slug);
            reading.Issues.Error(
                FleetIniIssueCode.CustomWithoutBinary, section.Line, IniText.Shorten(section.Name),
                $"[{IniText.Shorten(section.Name)}] defines a service of your own, but has no 'binary'",
                $"add 'binary = IMAGE'; if it is a decky, choose a name that does not start with '{Prefix}', such as [{name}]");
            return null;
        }

        var image = keys.Text("binary");
        var fits = image is { Length: <= LongestImage } && char.IsAsciiLetterOrDigit(image[0]) && image.All(IsImageCharacter);
        if (image is not null && !fits)
        {
            keys.Error(
                FleetIniIssueCode.InvalidImage, keys.Find("binary")!, $"{IniText.Show(image)} is not a container image",
                "write a reference such as registry.local/plc:1");
        }

        return fits ? image : null;
    }

    ValueList<string> Command()
    {
        if (keys.Written("exec") is not { } entry)
        {
            return [];
        }

        if (CommandLine.Split(entry.Written) is { } words)
        {
            return words;
        }

        keys.Error(
            FleetIniIssueCode.UnclosedQuote, entry, $"{IniText.Show(entry.Written)} has an open quote or ends with a backslash",
            "close the quote, or write \\\" or \\' for a quote that is meant as a character");
        return [];
    }

    ValueList<ServicePort> Ports()
    {
        var ports = new OrderedDictionary<ServicePort, string>();
        foreach (var text in keys.List("ports") ?? [])
        {
            if (!TryParsePort(text, out var port))
            {
                keys.Error(
                    FleetIniIssueCode.InvalidPort, keys.Find("ports")!, $"{IniText.Show(text)} is not a port",
                    "write a number from 1 to 65535, with '/udp' after it if it is not TCP");
            }
            else if (!ports.TryAdd(port, text))
            {
                reading.Issues.Warning(
                    FleetIniIssueCode.DuplicatePort, keys.Find("ports")!.Line, IniText.Target(section.Name, "ports"),
                    $"port {port} is there twice", "remove one");
            }
        }

        return [.. ports.Keys];
    }

    static bool TryParsePort(string text, out ServicePort port)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var protocol = PortProtocol.Tcp;
        var typed = slash < 0 || Token<PortProtocol>.TryParse(text[(slash + 1)..], out protocol);
        var digits = slash < 0 ? text : text.AsSpan(0, slash);
        var valid = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65_535;
        port = new ServicePort(protocol, number);
        return typed && valid;
    }

    static bool IsSlugCharacter(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';

    static bool IsImageCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ':' or '@';
}
