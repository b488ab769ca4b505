namespace Decnet.Daemon.Units;

using System.Text.RegularExpressions;
using Decnet.Fleet.Model;

/// <summary>Fills the templates of the files that systemd and logrotate read.</summary>
internal static partial class UnitFiles
{
    /// <summary>In the first line of every file, so that the next run may replace it.</summary>
    internal const string Marker = "Written by 'decnetd unit'; a file with this line is replaced when the command runs again.";

    /// <summary>The unit that stands for everything of Decnet on a machine.</summary>
    internal const string Target = "decnet.target";

    /// <summary>Makes the files.</summary>
    /// <returns>Their paths below the folder that they are written into, and their contents.</returns>
    /// <exception cref="FleetValidationException">The request cannot work in a unit; the exception has all that is wrong.</exception>
    internal static IReadOnlyDictionary<string, string> Of(UnitRequest request)
    {
        if (UnitChecks.Find(request) is { Count: > 0 } issues)
        {
            throw new FleetValidationException("unit", issues);
        }

        var values = ValuesOf(request);
        var templates = new Dictionary<string, string>
        {
            [request.Unit] = "decnet.service",
            [Target] = Target,
            [$"tmpfiles.d/decnet-{request.Name}.conf"] = "tmpfiles.conf",
            [$"sysusers.d/decnet-{request.Name}.conf"] = "sysusers.conf",
            [$"logrotate.d/decnet-{request.Name}"] = "logrotate.conf",
        };
        if (request.Kind == UnitKind.Agent)
        {
            templates.Add(UnitRequest.RemoveUnit, UnitRequest.RemoveUnit);
            templates.Add("polkit-1/rules.d/50-decnet-agent.rules", "polkit.rules");
        }

        return templates.ToDictionary(file => file.Key, file => Fill(Template(file.Value), values));
    }

    static Dictionary<string, string> ValuesOf(UnitRequest request)
    {
        var reach = UnitReach.Of(request);
        return new()
        {
            ["marker"] = Marker,
            ["unit"] = request.Unit,
            ["description"] = $"Decnet {request.Name}",
            ["after"] = request.UsesEngine ? "network-online.target docker.service" : "network-online.target",
            ["groups"] = request.UsesEngine ? "SupplementaryGroups=docker" : "",
            ["dockerWhy"] = request.UsesEngine ? " The group docker may use the engine." : "",
            ["dockerGroup"] = request.UsesEngine ? "g docker -" : "",
            ["dockerMember"] = request.UsesEngine ? $"m {request.User} docker" : "",
            ["user"] = request.User,
            ["group"] = request.Group,
            ["stateDir"] = request.StateDir,
            ["command"] = UnitCommandLine.Of(request),
            ["removeUnit"] = UnitRequest.RemoveUnit,
            ["removeCommand"] = UnitCommandLine.OfRemoval(request),
            ["removeFolders"] = string.Join(' ', new[] { "/etc", FolderOf(request.Binary), FolderOf(request.StateDir) }.Distinct()),
            ["writes"] = request.Works ? request.StateDir : $"{request.StateDir}/db {request.StateDir}/work.lock",
            ["writesWhy"] = WritesWhy(request),
            ["families"] = reach.Families,
            ["network"] = reach.Network,
            ["networkWhy"] = reach.Why,
            ["output"] = request.LogFile is { } file ? $"StandardOutput=append:{file}\nStandardError=append:{file}" : "",
            ["logFile"] = request.LogFile ?? $"/var/log/decnet/{request.Name}*.log",
            ["logWhy"] = request.LogFile is null
                ? "The unit logs to the journal; this is for what an operator has decnetd write there, and does nothing until then."
                : "systemd keeps the file open, so it is copied and cut back rather than moved.",
            ["logFolder"] = request.LogFile is { } log ? $"d {System.IO.Path.GetDirectoryName(log)} 0750 {request.User} {request.Group} -" : "",
        };
    }

    static string FolderOf(string path) => System.IO.Path.GetDirectoryName(path)!;

    static string WritesWhy(UnitRequest request) => request switch
    {
        { Kind: UnitKind.Agent } => "It works on the fleet of this host, and keeps its certificates.",
        { Kind: UnitKind.Master } => "It keeps the database and the certificates, and gives services back in the fleet file when a host could not change them.",
        { Works: true } => "It works on the fleet: the database, the locks, and the fleet file when services rotate.",
        _ => "It only mirrors: the database, and the lock that tells it of work under way. The fleet file stays read-only.",
    };

    static string Fill(string template, Dictionary<string, string> values)
    {
        var text = Placeholder().Replace(template, match => values[match.Groups[1].Value]);
        return string.Join('\n', Blank().Replace(text, "\n\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
    }

    static string Template(string name)
    {
        using var stream = typeof(UnitFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The template {name} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Blank();
}
