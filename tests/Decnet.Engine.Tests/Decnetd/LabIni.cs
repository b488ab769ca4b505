namespace Decnet.Engine.Tests.Decnetd;

/// <summary>Writes INI files. What they leave open is up to the program, as it is for its users.</summary>
static class LabIni
{
    /// <summary>The head of a file in the network of these tests.</summary>
    internal const string General =
        """
        [general]
        net = 198.18.77.0/24
        gw = 198.18.77.1
        driver = bridge


        """;

    /// <summary>A fleet of groups.</summary>
    internal static string Of(params string[] sections) => General + string.Join('\n', sections);

    /// <summary>Deckies <c>NAME-01</c>, <c>NAME-02</c> and so on.</summary>
    internal static string Group(string name, int amount, string services = "ssh, http") =>
        $"""
        [{name}]
        amount = {amount}
        services = {services}

        """;

    /// <summary>One decky.</summary>
    internal static string Decky(string name, string services = "ssh, http") =>
        $"""
        [{name}]
        services = {services}

        """;

    /// <summary>The names that a group gives.</summary>
    internal static IEnumerable<string> Names(string name, int amount) => Enumerable.Range(1, amount).Select(number => $"{name}-{number:00}");
}
