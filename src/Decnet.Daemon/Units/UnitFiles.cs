namespace Decnet.Daemon.Units;

using System.Text.RegularExpressions;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>Fills the templates of the files that systemd and logrotate read.</summary>
internal static partial class UnitFiles
{
    /// <summary>In the first line of every file, so that the next run may replace it.</summary>
    internal const string Marker = "Written by 'decnetd unit'; a file with this line is replaced when the command runs again.";

    const string AnyLog = "/var/log/decnet/*.log";

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
            ["decnet-reconciler.service"] = "decnet-reconciler.service",
            ["decnet.target"] = "decnet.target",
            ["tmpfiles.d/decnet.conf"] = "tmpfiles.conf",
            ["sysusers.d/decnet.conf"] = "sysusers.conf",
            ["logrotate.d/decnet"] = "logrotate.conf",
        };
        return templates.ToDictionary(file => file.Key, file => Fill(Template(file.Value), values));
    }

    static Dictionary<string, string> ValuesOf(UnitRequest request) => new()
    {
        ["marker"] = Marker,
        ["user"] = request.User,
        ["group"] = request.Group,
        ["stateDir"] = request.StateDir,
        ["command"] = CommandOf(request),
        ["writes"] = request.Works ? request.StateDir : $"{request.StateDir}/db {request.StateDir}/work.lock",
        ["writesWhy"] = request.Works
            ? "It works on the fleet: the database, the locks, and the fleet file when services rotate."
            : "It only mirrors: the database, and the lock that tells it of work under way. The fleet file stays read-only.",
        ["families"] = request.UsesTcp ? "AF_UNIX AF_INET AF_INET6" : request.MakesNetworks ? "AF_UNIX AF_NETLINK" : "AF_UNIX",
        ["network"] = request.UsesTcp ? "" : request.MakesNetworks ? "IPAddressDeny=any" : "IPAddressDeny=any\nPrivateNetwork=yes",
        ["networkWhy"] = request.UsesTcp ? "The engine is behind TCP."
            : request.MakesNetworks ? "The engine is a unix socket; to make a network it asks the kernel for the host's interfaces."
            : "The engine is a unix socket, which needs no network.",
        ["output"] = request.LogFile is { } file ? $"StandardOutput=append:{file}\nStandardError=append:{file}" : "",
        ["logFile"] = request.LogFile ?? AnyLog,
        ["logWhy"] = request.LogFile is null
            ? "The unit logs to the journal; this is for what an operator has decnetd write there, and does nothing until then."
            : "systemd keeps the file open, so it is copied and cut back rather than moved.",
        ["logFolder"] = request.LogFile is { } log ? $"d {System.IO.Path.GetDirectoryName(log)} 0750 {request.User} {request.Group} -" : "",
    };

    static string CommandOf(UnitRequest request)
    {
        List<string> words = [request.Binary, "reconcile", "--state-dir", request.StateDir, "--repair", Token<RepairMode>.Of(request.Repair)];
        if (request.Mutate)
        {
            words.Add("--mutate");
        }

        if (request.HostId is { } host)
        {
            words.AddRange(["--host-id", host.Value]);
        }

        if (request.DockerHost is { } engine)
        {
            words.AddRange(["--docker-host", engine]);
        }

        if (request.Project is { } project)
        {
            words.AddRange(["--project", project]);
        }

        return string.Join(' ', words);
    }

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
