namespace Decnet.Daemon.Units;

using System.Text.RegularExpressions;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Model;

/// <summary>Refuses what would not work in a unit, or would mean something else there.</summary>
internal static partial class UnitChecks
{
    // The unit hides these from the service, or gives it its own.
    static readonly string[] Hidden = ["/home", "/root", "/run/user", "/tmp", "/var/tmp", "/dev", "/proc", "/sys"];

    // A service that may write one of these as a whole may write what is not its own.
    static readonly string[] NotOurs = ["/", "/bin", "/boot", "/etc", "/lib", "/opt", "/run", "/sbin", "/srv", "/usr", "/var", "/var/lib", "/var/log", "/var/cache"];

    /// <summary>Finds all that is wrong.</summary>
    internal static IReadOnlyList<FleetIssue> Find(UnitRequest request)
    {
        var issues = new List<FleetIssue>();
        Name("--user", request.User, issues);
        Name("--group", request.Group, issues);
        if (request.User == "root")
        {
            issues.Add(Error("--user", $"the {request.Name} must not run as root", "name a user of its own, such as decnet; the sysusers snippet makes it"));
        }

        Path("--state-dir", request.StateDir, issues, hidden: true, writable: true);
        Path("--binary", request.Binary, issues, hidden: true, writable: false);
        if (request.LogFile is { } file)
        {
            LogFile(file, issues);
        }

        if (request.DockerHost is { } host)
        {
            DockerHost(host, issues);
        }

        if (request.Project is { } project)
        {
            Project(project, issues);
        }

        if (request.Interface is { } link && !InterfaceName().IsMatch(link))
        {
            issues.Add(Error("--interface", $"'{link}' is not the name of an interface", "use up to 15 letters, digits and . _ - @, such as eth0"));
        }

        Port("--port", request.Port, issues);
        Port("--enrolment-port", request.EnrolmentPort, issues);
        return issues;
    }

    static void Port(string option, int? port, List<FleetIssue> issues)
    {
        if (port is < 1024)
        {
            issues.Add(Error(option, $"{port} is not a port that a service without privileges may listen on", "use one from 1024 on"));
        }
    }

    static void Name(string option, string name, List<FleetIssue> issues)
    {
        if (!UserName().IsMatch(name))
        {
            issues.Add(Error(option, $"'{name}' is not a name that systemd takes", "use up to 31 of a-z, 0-9, '_' and '-', with a letter or '_' first"));
        }
    }

    static void Path(string option, string path, List<FleetIssue> issues, bool hidden, bool writable)
    {
        if (!PlainPath().IsMatch(path) || path.Split('/').Any(part => part is "." or ".."))
        {
            issues.Add(Error(option, $"'{path}' is not a path for a unit", "use an absolute path of letters, digits and . _ + @ - without '..'"));
        }
        else if (hidden && Array.Exists(Hidden, folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            issues.Add(Error(option, $"the unit cannot use '{path}': it hides that place from the service", "use a path such as /var/lib/decnet or /usr/local/bin/decnetd"));
        }
        else if (writable && NotOurs.Contains(path))
        {
            issues.Add(Error(option, $"'{path}' belongs to others, and the service would own it", "use a folder of its own, such as /var/lib/decnet"));
        }
    }

    static void LogFile(string path, List<FleetIssue> issues)
    {
        var count = issues.Count;
        Path("--log-file", path, issues, hidden: true, writable: false);
        if (issues.Count == count && !(path.StartsWith("/var/log/", StringComparison.Ordinal) && path.Split('/').Length == 5))
        {
            issues.Add(Error("--log-file", $"'{path}' is not in a folder of its own below /var/log", "use a path such as /var/log/decnet/decnetd.log"));
        }
    }

    static void DockerHost(string host, List<FleetIssue> issues)
    {
        if (!PlainUrl().IsMatch(host))
        {
            issues.Add(Error("--docker-host", $"'{host}' is not an address for a unit", "use unix:///PATH or tcp://HOST:PORT"));
        }
    }

    static void Project(string project, List<FleetIssue> issues)
    {
        if (!FleetProject.IsValid(project))
        {
            issues.Add(Error("--project", $"'{project}' is not a project", "use lower-case letters, digits, hyphens and underscores"));
        }
    }

    static FleetIssue Error(string option, string message, string fix) => FleetIssue.Error("unit_input", message, fix, option);

    [GeneratedRegex(@"^[A-Za-z0-9._@-]{1,15}\z")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"^[a-z_][a-z0-9_-]{0,30}\z")]
    private static partial Regex UserName();

    [GeneratedRegex(@"^(/[A-Za-z0-9._+@-]+)+\z|^/\z")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^(unix:///|tcp://)[A-Za-z0-9._:/\[\]-]+\z")]
    private static partial Regex PlainUrl();
}
