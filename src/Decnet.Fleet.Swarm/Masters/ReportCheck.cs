namespace Decnet.Fleet.Swarm.Masters;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Checks what a host sends before anything of it is believed.</summary>
internal static class ReportCheck
{
    const int LongestText = Operation.MaxErrorLength;
    const int MostServices = 100;
    const int MostIssues = 100;

    /// <summary>Refuses a report that is not one.</summary>
    /// <exception cref="FleetValidationException">It does not fit; the error has every reason, up to a hundred.</exception>
    internal static void Check(HostId peer, HostReport report)
    {
        var issues = new List<FleetIssue>();
        CheckHead(issues, peer, report.Version, report.HostId);
        if (report.Number < 1)
        {
            issues.Add(Error("report-number", string.Create(CultureInfo.InvariantCulture, $"The number of a report is at least 1, not {report.Number}."), "number"));
        }

        CheckText(issues, report.AgentVersion, 100, "agent_version");
        CheckText(issues, report.Problem, LongestText, "problem");
        CheckCount(issues, report.Deckies.Count, SwarmProtocol.MaxDeckies, "deckies");
        CheckCount(issues, report.OpenOperations.Count, SwarmProtocol.MaxDeckies, "open_operations");
        CheckCount(issues, report.Deltas.Count, SwarmProtocol.MaxDeltas, "deltas");
        var names = new HashSet<DeckyName>();
        for (var i = 0; i < report.Deckies.Count && issues.Count < MostIssues; i++)
        {
            CheckDecky(issues, report.Deckies[i], names, i);
        }

        for (var i = 0; i < report.Deltas.Count && issues.Count < MostIssues; i++)
        {
            CheckDelta(issues, report.Deltas[i], i);
        }

        ThrowIfAny("The report", issues);
    }

    /// <summary>Refuses a farewell that is not one.</summary>
    /// <exception cref="FleetValidationException">It does not fit.</exception>
    internal static void Check(HostId peer, HostFarewell farewell)
    {
        var issues = new List<FleetIssue>();
        CheckHead(issues, peer, farewell.Version, farewell.HostId);
        CheckCount(issues, farewell.Removed.Count, SwarmProtocol.MaxDeckies, "removed");
        CheckCount(issues, farewell.Failed.Count, SwarmProtocol.MaxDeckies, "failed");
        ThrowIfAny("The farewell", issues);
    }

    internal static void CheckVersion(List<FleetIssue> issues, string version)
    {
        if (version != SwarmProtocol.Version)
        {
            issues.Add(Error("protocol-version", $"The version of the protocol is '{SwarmProtocol.Version}' here, not '{Shown(version)}'.", "version", "run the same version of Decnet on both"));
        }
    }

    internal static void ThrowIfAny(string subject, List<FleetIssue> issues)
    {
        if (issues.Count > 0)
        {
            throw new FleetValidationException(subject, issues);
        }
    }

    static void CheckHead(List<FleetIssue> issues, HostId peer, string version, HostId claimed)
    {
        CheckVersion(issues, version);
        if (claimed != peer)
        {
            issues.Add(Error("foreign-host", $"It is of the host '{claimed}', but the certificate is that of '{peer}'.", "host_id"));
        }
    }

    static void CheckDecky(List<FleetIssue> issues, ReportedDecky decky, HashSet<DeckyName> names, int index)
    {
        var target = At("deckies", index);
        if (!names.Add(decky.Name))
        {
            issues.Add(Error("duplicate-name", $"The decky '{decky.Name}' is there twice.", target));
        }

        CheckText(issues, decky.Reason, LongestText, $"{target}.reason");
        CheckServices(issues, decky.Services, $"{target}.services");
        if (decky.Digest.Length != 64 || !decky.Digest.All(char.IsAsciiHexDigitLower))
        {
            issues.Add(Error("invalid-digest", "A digest has 64 lower-case hexadecimal digits.", $"{target}.digest"));
        }
    }

    static void CheckDelta(List<FleetIssue> issues, OperationDelta delta, int index)
    {
        var target = At("deltas", index);
        if (delta.Status == OperationStatus.Pending)
        {
            issues.Add(Error("invalid-status", "Nothing has become of an operation that is pending.", $"{target}.status"));
        }

        CheckText(issues, delta.Error, LongestText, $"{target}.error");
        CheckServices(issues, delta.Services, $"{target}.services");
    }

    static void CheckServices(List<FleetIssue> issues, ValueList<string>? services, string target)
    {
        if (services is null)
        {
            return;
        }

        CheckCount(issues, services.Count, MostServices, target);
        if (services.Any(slug => slug is not { Length: > 0 and <= DeckyName.MaxLength }))
        {
            issues.Add(Error("invalid-service", $"The slug of a service has 1 to {DeckyName.MaxLength} characters.", target));
        }
    }

    static void CheckText(List<FleetIssue> issues, string? text, int longest, string target)
    {
        if (text?.Length > longest)
        {
            issues.Add(Error("too-long", string.Create(CultureInfo.InvariantCulture, $"It has {text.Length} characters; {longest} is the most."), target));
        }
    }

    static void CheckCount(List<FleetIssue> issues, int count, int most, string target)
    {
        if (count > most)
        {
            issues.Add(Error("too-many", string.Create(CultureInfo.InvariantCulture, $"There are {count}; {most} is the most."), target));
        }
    }

    static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    static string Shown(string text) => text.Length <= 20 ? text : text[..20] + "…";

    static FleetIssue Error(string code, string message, string target, string? fix = null) => FleetIssue.Error(code, message, fix, target);
}
