namespace Decnet.Fleet.Building.Ini;

using System.Text;
using Decnet.Fleet.Model;

/// <summary>
/// Reads fleet descriptions in INI form. Whatever is wrong in a text becomes an issue of the result, all at once, and
/// never an exception; <see cref="FleetIni.ThrowIfInvalid"/> makes one of it.
/// </summary>
/// <remarks>
/// <para>
/// <c>key = value</c> or <c>key: value</c>, keys in any case, in <c>[sections]</c>. A <c>#</c> or <c>;</c> at the start of
/// a line or after white space starts a comment. Nothing is interpolated: <c>%</c> and <c>$</c> are ordinary characters.
/// A line that is indented deeper than its key continues the value. A value in double quotes keeps what is between them;
/// there, <c>\"</c> and <c>\\</c> stand for a quote and a backslash, and nothing else is an escape. A value that only
/// starts with a quote is taken as it is.
/// </para>
/// <para>
/// <c>[general]</c>: <c>net, gw, interface, driver, mutate_interval</c>. <c>[custom-SLUG]</c>, a service of this fleet:
/// <c>binary, exec, ports</c>. <c>[NAME]</c>, a decky, or with <c>amount</c> a group <c>NAME-01, NAME-02, …</c>:
/// <c>ip, services, archetype, distro, hostname, nmap_os, mac, mutate_interval, host, amount</c>. <c>[NAME.SERVICE]</c>: settings of
/// a service, for a decky or for all members of a group; those for one member come before those for the group, key by
/// key and wherever they are in the file.
/// </para>
/// </remarks>
public static class FleetIniParser
{
    /// <summary>The largest document, in bytes of UTF-8: 512 KiB.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>The largest group: 100 deckies.</summary>
    public const int MaxGroupSize = 100;

    /// <summary>The most deckies of one document: 65,534, as many as a /16 network has addresses.</summary>
    public const int MaxDeckies = 65_534;

    /// <summary>The most keys of one section: 100.</summary>
    public const int MaxKeysPerSection = 100;

    /// <summary>The most issues that are listed: 200. One more says how many there are beyond.</summary>
    public const int MaxIssues = 200;

    const char ByteOrderMark = '\ufeff';

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>What it says, and what is wrong with it.</returns>
    public static FleetIni Parse(string text, FleetIniParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new FleetIniParserOptions();
        var source = options.Source ?? "INI";
        var content = text.AsSpan().TrimStart(ByteOrderMark);
        var bytes = content.Length > MaxBytes ? content.Length : Encoding.UTF8.GetByteCount(content);
        return bytes > MaxBytes ? TooLarge(source) : FleetIniReader.Read(content, source, options.Catalog);
    }

    /// <summary>Reads a file: UTF-8 with or without a byte-order mark, or UTF-16 with one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <returns>What it says, and what is wrong with it.</returns>
    /// <exception cref="FleetIniFileException">The file is missing or cannot be read.</exception>
    public static FleetIni Load(string path, FleetIniParserOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new FleetIniParserOptions();
        options = options with { Source = options.Source ?? path };
        var bytes = FleetIniFile.Read(path);
        if (bytes.Length > MaxBytes)
        {
            return TooLarge(options.Source);
        }

        return FleetIniFile.Decode(bytes) is { } text
            ? Parse(text, options)
            : Refused(options.Source, FleetIniIssueCode.NotText, "the file is not UTF-8 text", "save it as UTF-8");
    }

    static FleetIni TooLarge(string source) => Refused(
        source, FleetIniIssueCode.TooLarge, $"the description is too large: the limit is {MaxBytes / 1024} KiB",
        "describe equal deckies as a group with 'amount', or split the fleet");

    static FleetIni Refused(string source, string code, string message, string fix) =>
        new() { Source = source, Deckies = [], Issues = [FleetIssue.Error(code, message, fix)] };
}
