namespace Decnet.Fleet.Building.Ini;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>A decky or a group of deckies, as its section describes it.</summary>
internal sealed class IniDeckySection
{
    readonly FleetIniDecky template;

    IniDeckySection(IniSection section, FleetIniDecky template, int? amount, bool hasName)
    {
        Section = section;
        this.template = template;
        Amount = amount ?? 1;
        IsClear = hasName && amount is not null;
    }

    internal IniSection Section { get; }

    internal int Amount { get; }

    /// <summary>Whether name and amount are valid, so that the names of the members are known.</summary>
    internal bool IsClear { get; }

    internal static IniDeckySection Read(IniSection section, IniReading reading)
    {
        var keys = new IniSectionKeys(section, IniKeys.Decky, reading);
        var amount = ReadAmount(keys);
        var template = new FleetIniDecky
        {
            Name = default,
            Section = section.Name,
            Line = section.Line,
            Lines = keys.Lines,
            IPAddress = keys.Address("ip"),
            Services = keys.List("services"),
            Archetype = keys.Text("archetype"),
            Distro = keys.Text("distro"),
            Hostname = keys.Text("hostname"),
            NmapOs = keys.Text("nmap_os"),
            MacAddress = keys.MacAddress("mac"),
            MutateInterval = keys.Interval("mutate_interval"),
            HostId = keys.Host("host"),
        };
        if (amount is > 1 and var many)
        {
            ReportSingular(keys, "ip", FleetIniIssueCode.AddressForGroup, many);
            ReportSingular(keys, "hostname", FleetIniIssueCode.HostnameForGroup, many);
            ReportSingular(keys, "mac", FleetIniIssueCode.MacForGroup, many);
        }

        return new IniDeckySection(section, template, amount, CheckName(section, amount ?? 1, reading));
    }

    /// <summary>The name of a member, counted from 1.</summary>
    internal DeckyName NameOf(int member) =>
        DeckyName.Parse(Amount == 1 ? Section.Name : string.Create(CultureInfo.InvariantCulture, $"{Section.Name}-{member:00}"));

    internal FleetIniDecky Member(DeckyName name, ValueMap<ValueMap<FleetIniValue>> settings) =>
        template with { Name = name, Settings = settings };

    static int? ReadAmount(IniSectionKeys keys)
    {
        if (keys.Find("amount") is not { } entry)
        {
            return 1;
        }

        if (int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            && amount is >= 1 and <= FleetIniParser.MaxGroupSize)
        {
            return amount;
        }

        keys.Error(
            FleetIniIssueCode.InvalidAmount, entry, $"{IniText.Show(entry.Value)} is not an amount of deckies",
            $"write a whole number from 1 to {FleetIniParser.MaxGroupSize}; for more, make several groups");
        return null;
    }

    static void ReportSingular(IniSectionKeys keys, string key, string code, int amount)
    {
        if (keys.Has(key))
        {
            keys.Error(
                code, keys.Find(key)!, $"{amount} deckies cannot share one '{key}'",
                $"remove '{key}' or 'amount', or write a section for each decky");
        }
    }

    static bool CheckName(IniSection section, int amount, IniReading reading)
    {
        var name = section.Name;
        if (!DeckyName.IsValid(name))
        {
            reading.Issues.Error(
                FleetIniIssueCode.InvalidName, section.Line, IniText.Shorten(name), $"{IniText.Show(name)} is not the name of a decky",
                $"use 1 to {DeckyName.MaxLength} lower-case letters, digits and hyphens, with a letter or digit at both ends, "
                + $"such as [{DeckyName.Suggest(name)}]");
            return false;
        }

        var room = DeckyName.MaxLength - (amount == 1 ? 0 : amount < 100 ? "-99".Length : "-100".Length);
        if (name.Length <= room)
        {
            return true;
        }

        reading.Issues.Error(
            FleetIniIssueCode.NameTooLong, section.Line, name, $"the name has {name.Length} characters; with the numbers of the members it is too long",
            $"use at most {room} characters, such as [{name[..room].TrimEnd('-')}]");
        return false;
    }
}
