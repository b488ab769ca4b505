namespace Decnet.Daemon.Commands;

using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Decnet.Daemon.Hosting;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>Reads the values of options and arguments. What is wrong becomes an error of the command line, beside the others.</summary>
internal static class Values
{
    internal static string? NotBlank(ArgumentResult result) =>
        Text(result) is var text && !string.IsNullOrWhiteSpace(text) ? text : Refuse<string>(result, $"{Owner(result)} must not be empty.");

    internal static HostId? Host(ArgumentResult result) =>
        HostId.TryParse(Text(result), out var host)
            ? host
            : Refuse(result, $"'{Text(result)}' is not a host id: use 1 to 63 letters, digits, hyphens and underscores.");

    internal static string? Endpoint(ArgumentResult result)
    {
        try
        {
            _ = DockerEndpoint.Parse(Text(result));
            return Text(result);
        }
        catch (Exception error) when (error is DockerEndpointException or ArgumentException)
        {
            return Refuse<string>(result, $"{Owner(result)}: {error.Message}");
        }
    }

    internal static DeckyName[] Names(ArgumentResult result)
    {
        var names = new List<DeckyName>();
        foreach (var token in result.Tokens)
        {
            if (DeckyName.TryParse(token.Value, out var name))
            {
                names.Add(name);
            }
            else
            {
                result.AddError($"'{token.Value}' is not the name of a decky: use lower-case letters, digits and hyphens.");
            }
        }

        return [.. names.Distinct()];
    }

    internal static DeckyName? Name(ArgumentResult result) => Names(result) is [var name, ..] ? name : null;

    /// <summary>Seconds, or a number with a unit: <c>30</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>.</summary>
    internal static TimeSpan? Interval(ArgumentResult result)
    {
        var text = Text(result);
        var unit = text.Length > 0 ? text[^1] : ' ';
        var factor = unit switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => char.IsAsciiDigit(unit) ? 1 : 0,
        };
        var number = char.IsAsciiDigit(unit) ? text : text[..Math.Max(text.Length - 1, 0)];
        return factor > 0
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * factor is > 0 and <= 86400
            ? TimeSpan.FromSeconds(value * factor)
            : RefuseValue<TimeSpan>(result, $"{Owner(result)} takes a time such as 30, 30s or 5m, more than zero and at most a day, not '{text}'.");
    }

    internal static RepairMode Repair(ArgumentResult result) =>
        Token<RepairMode>.TryParse(Text(result), out var mode)
            ? mode
            : RefuseValue<RepairMode>(result, $"{Owner(result)} takes one of {string.Join(", ", Token<RepairMode>.All)}, not '{Text(result)}'.") ?? default;

    internal static DeletionBudget Budget(ArgumentResult result) =>
        DeletionBudget.TryParse(Text(result), out var budget)
            ? budget
            : RefuseValue<DeletionBudget>(result, $"{Owner(result)} takes a number such as 5, a share such as 20%, or 'unlimited', not '{Text(result)}'.") ?? default;

    internal static IPNetwork? Network(ArgumentResult result)
    {
        try
        {
            return IPv4.ParseNetwork(Text(result));
        }
        catch (FormatException)
        {
            return RefuseValue<IPNetwork>(result, $"{Owner(result)} takes an IPv4 network such as 192.168.1.0/24, not '{Text(result)}'.");
        }
    }

    internal static IPAddress? Address(ArgumentResult result)
    {
        try
        {
            return IPv4.ParseAddress(Text(result));
        }
        catch (FormatException)
        {
            return Refuse<IPAddress>(result, $"{Owner(result)} takes an IPv4 address such as 192.168.1.1, not '{Text(result)}'.");
        }
    }

    internal static T? Word<T>(ArgumentResult result) where T : struct, Enum =>
        Token<T>.TryParse(Text(result), out var value)
            ? value
            : RefuseValue<T>(result, $"{Owner(result)} takes one of {string.Join(", ", Token<T>.All)}, not '{Text(result)}'.");

    /// <summary>A whole number that is not negative.</summary>
    internal static long? Number(ArgumentResult result) =>
        long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : RefuseValue<long>(result, $"{Owner(result)} takes a whole number from 0 on, not '{Text(result)}'.");

    /// <summary>How many at most, from 1 on.</summary>
    internal static int? Count(ArgumentResult result) =>
        int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : RefuseValue<int>(result, $"{Owner(result)} takes a whole number from 1 on, not '{Text(result)}'.");

    /// <summary>A port; 0 lets the system choose.</summary>
    internal static int? Port(ArgumentResult result) =>
        int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : RefuseValue<int>(result, $"{Owner(result)} takes a port from 0 to 65535, not '{Text(result)}'.");

    /// <summary>An address to listen on, IPv4 or IPv6.</summary>
    internal static IPAddress? Listen(ArgumentResult result) =>
        IPAddress.TryParse(Text(result), out var address)
            ? address
            : Refuse<IPAddress>(result, $"{Owner(result)} takes an address of this machine, such as 192.168.1.5 or ::, not '{Text(result)}'.");

    /// <summary>Host names and addresses.</summary>
    internal static string[] HostNames(ArgumentResult result)
    {
        var names = result.Tokens.Select(token => token.Value).ToArray();
        foreach (var name in names.Where(name => Uri.CheckHostName(name) is UriHostNameType.Unknown or UriHostNameType.Basic))
        {
            result.AddError($"'{name}' is neither a host name nor an address.");
        }

        return names;
    }

    /// <summary>Where a peer listens: <c>HOST</c> or <c>HOST:PORT</c>.</summary>
    internal static Func<ArgumentResult, HostAndPort?> Peer(int defaultPort) => result =>
        HostAndPort.Parse(Text(result), defaultPort)
            ?? RefuseValue<HostAndPort>(result, $"{Owner(result)} takes HOST or HOST:PORT, not '{Text(result)}'.");

    static string Text(ArgumentResult result) => result.Tokens[0].Value;

    static string Owner(ArgumentResult result) =>
        result.Parent is OptionResult { Option.Name: var option } ? option : result.Argument.Name;

    static HostId? Refuse(ArgumentResult result, string error) => RefuseValue<HostId>(result, error);

    static T? Refuse<T>(ArgumentResult result, string error) where T : class
    {
        result.AddError(error);
        return null;
    }

    static T? RefuseValue<T>(ArgumentResult result, string error) where T : struct
    {
        result.AddError(error);
        return null;
    }
}
