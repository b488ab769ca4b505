namespace Decnet.Fleet.Building.Ini;

using System.Net;
using Decnet.Fleet.Model;

/// <summary>Reads <c>[general]</c>.</summary>
internal static class IniGeneralSection
{
    // IFNAMSIZ of Linux without the terminating zero.
    const int LongestInterface = 15;

    internal static FleetIni Read(IniSection section, IniReading reading, FleetIni document)
    {
        var keys = new IniSectionKeys(section, IniKeys.General, reading);
        return document with
        {
            Subnet = Network(keys),
            Gateway = keys.Address("gw"),
            Interface = Interface(keys),
            Driver = Driver(keys, reading),
            MutateInterval = keys.Interval("mutate_interval"),
            Lines = keys.Lines,
        };
    }

    static IPNetwork? Network(IniSectionKeys keys)
    {
        if (keys.Text("net") is not { } text)
        {
            return null;
        }

        try
        {
            return IPv4.ParseNetwork(text);
        }
        catch (FormatException)
        {
            keys.Error(
                FleetIniIssueCode.InvalidNetwork, keys.Find("net")!, $"{IniText.Show(text)} is not an IPv4 network",
                "write an address and a prefix length, such as 192.168.1.0/24");
            return null;
        }
    }

    static string? Interface(IniSectionKeys keys)
    {
        var text = keys.Text("interface");
        if (text is null or { Length: <= LongestInterface } && text is not ("." or "..") && !text.AsSpan().ContainsAny(" \t/:"))
        {
            return text;
        }

        keys.Error(
            FleetIniIssueCode.InvalidInterface, keys.Find("interface")!, $"{IniText.Show(text)} is not the name of a network interface",
            $"write a name of up to {LongestInterface} characters as 'ip link' shows it, such as eth0");
        return null;
    }

    static NetworkDriver? Driver(IniSectionKeys keys, IniReading reading)
    {
        if (keys.Text("driver") is not { } text)
        {
            return null;
        }

        if (Token<NetworkDriver>.TryParse(text, out var driver))
        {
            return driver;
        }

        var nearest = reading.Nearest(text, Token<NetworkDriver>.All);
        keys.Error(
            FleetIniIssueCode.UnknownDriver, keys.Find("driver")!, $"there is no driver {IniText.Show(text)}",
            nearest is null ? $"use one of {string.Join(", ", Token<NetworkDriver>.All)}" : $"did you mean '{nearest}'?");
        return null;
    }
}
