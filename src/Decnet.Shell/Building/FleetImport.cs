namespace Decnet.Shell.Building;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Output = Decnet.Shell.Output;

/// <summary>Reads fleets from files, and nothing else: no interface, no engine, no state folder.</summary>
public static class FleetImport
{
    /// <summary>Reads a fleet.</summary>
    /// <param name="path">The file; one that ends in <c>.json</c> is JSON, every other one INI.</param>
    /// <param name="hostAddress">An address of the host, which no decky of an INI file gets; null for none.</param>
    /// <param name="seed">What everything that an INI file leaves to chance starts from; null for a new seed.</param>
    /// <param name="outlet">Gets the fleet and the warnings, or every fault of the file and no fleet.</param>
    public static void Read(string path, IPAddress? hostAddress, int? seed, IOutlet outlet)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(outlet);
        var (fleet, issues) = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? ReadJson(path) : ReadIni(path, hostAddress, seed);
        foreach (var issue in issues)
        {
            if (issue.Severity == FleetIssueSeverity.Warning)
            {
                outlet.Warn($"{path}: {issue}");
            }
            else
            {
                outlet.Fail(Faults.Of(issue) with { Category = FaultCategory.InvalidData, Message = $"{path}: {issue}", Target = path });
            }
        }

        if (fleet is not null)
        {
            outlet.Write(new Output.Fleet(fleet, path: path));
        }
    }

    static (Fleet? Fleet, IEnumerable<FleetIssue> Issues) ReadJson(string path)
    {
        var document = FleetDocument.Load(path);
        return (document.Fleet, document.Issues);
    }

    static (Fleet? Fleet, IEnumerable<FleetIssue> Issues) ReadIni(string path, IPAddress? hostAddress, int? seed)
    {
        var description = FleetIniParser.Load(path);
        var built = new FleetBuilder().TryBuild(description, new FleetIniOptions { HostAddresses = hostAddress is null ? [] : [hostAddress], Seed = seed });
        if (description.IsValid)
        {
            return (built.Fleet, built.Issues.Union(description.Issues));
        }

        // What the builder says of other lines is wrong too; what has no line may only follow from what could not be read.
        var lines = description.Issues.Select(issue => issue.Line).ToHashSet();
        var others = built.Errors.Where(error => error.Line is not null && !lines.Contains(error.Line));
        return (null, description.Issues.Concat(others).OrderBy(issue => issue.Line));
    }
}
