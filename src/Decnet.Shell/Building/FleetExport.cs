namespace Decnet.Shell.Building;

using System.Text;
using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Compose;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Writes fleets to files. Secrets are written as they are, since a description is of no use without them.</summary>
public static class FleetExport
{
    /// <summary>The text of a fleet.</summary>
    /// <param name="session">Tells the host and the images, for docker compose.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="format"><c>Ini</c>, <c>Json</c> or <c>Compose</c>.</param>
    /// <param name="warn">Told what the format has no word for.</param>
    /// <returns>The text.</returns>
    /// <exception cref="DecnetException">The fleet cannot be written in this format.</exception>
    public static string Write(DecnetSession session, Output.Fleet fleet, string format, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(warn);
        return Enum.Parse<FleetFormat>(format, ignoreCase: true) switch
        {
            FleetFormat.Json => FleetJson.Write(fleet.Desired),
            FleetFormat.Compose => WriteCompose(session.Options, fleet.Desired),
            _ => WriteIni(fleet.Desired, warn),
        };
    }

    /// <summary>Writes a fleet to a file. At every moment it is the old or the new one, complete.</summary>
    /// <param name="session">Tells the host and the images, for docker compose.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="format"><c>Ini</c>, <c>Json</c> or <c>Compose</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="warn">Told what the format has no word for.</param>
    /// <exception cref="FaultException">The file is there already.</exception>
    /// <exception cref="DecnetException">The fleet cannot be written.</exception>
    public static void Save(DecnetSession session, Output.Fleet fleet, string format, string path, bool overwrite, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        if (!overwrite && File.Exists(path))
        {
            throw new FaultException(new Fault("PathExists", FaultCategory.ResourceExists, $"'{path}' is there already. Choose another path, or use -Force.", path));
        }

        if (format.Equals(nameof(FleetFormat.Json), StringComparison.OrdinalIgnoreCase))
        {
            FleetDocument.Save(path, fleet.Desired, overwrite);
            return;
        }

        var text = Write(session, fleet, format, warn);
        DurableFile.Write(path, overwrite, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The format that the ending of a path stands for.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The format; null when the ending says nothing.</returns>
    public static string? FormatOf(string path) => Path.GetExtension(path)?.ToLowerInvariant() switch
    {
        ".ini" => nameof(FleetFormat.Ini),
        ".json" => nameof(FleetFormat.Json),
        ".yml" or ".yaml" => nameof(FleetFormat.Compose),
        _ => null,
    };

    static string WriteIni(Fleet fleet, Action<string> warn)
    {
        var issues = new List<FleetIssue>();
        var text = FleetIniWriter.Write(fleet, issues);
        issues.ForEach(issue => warn(issue.ToString()));
        return text;
    }

    static string WriteCompose(LocalFleetOptions options, Fleet fleet)
    {
        var runtime = DockerEnvironment.Apply(new DockerRuntimeOptions(), options.Variable) with { HostId = options.HostId };
        return ComposeExporter.Export(fleet, runtime, DockerEnvironment.DecoyImage(options.Variable) ?? DeckyComposer.DefaultDecoyImage);
    }
}
