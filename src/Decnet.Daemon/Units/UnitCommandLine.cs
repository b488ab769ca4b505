namespace Decnet.Daemon.Units;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>The command line of a unit. Its words were checked: none has blanks or characters that mean something to systemd.</summary>
internal static class UnitCommandLine
{
    /// <summary>The command line of the unit that removes an agent.</summary>
    internal static string OfRemoval(UnitRequest request) =>
        $"{request.Binary} agent remove --begun --manifest {AgentManifest.InstalledPath} --state-dir {request.StateDir}";

    internal static string Of(UnitRequest request)
    {
        List<string> words = [request.Binary, request.Kind == UnitKind.Reconciler ? "reconcile" : request.Name, "--state-dir", request.StateDir];
        if (request.UsesEngine)
        {
            words.AddRange(["--repair", Token<RepairMode>.Of(request.Repair)]);
        }

        if (request.Kind == UnitKind.Agent)
        {
            words.AddRange(["--manifest", AgentManifest.InstalledPath]);
        }

        if (request.Mutate)
        {
            words.Add("--mutate");
        }

        Add("--port", request.Port?.ToString(CultureInfo.InvariantCulture));
        Add("--enrolment-port", request.EnrolmentPort?.ToString(CultureInfo.InvariantCulture));
        Add("--interface", request.Interface);
        Add("--host-id", request.HostId?.Value);
        Add("--docker-host", request.DockerHost);
        Add("--project", request.Project);
        return string.Join(' ', words);

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                words.AddRange([option, value]);
            }
        }
    }
}
