namespace Decnet.Daemon.Commands;

using Decnet.Fleet.Building.Ini;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Pki;

/// <summary>Says what went wrong and what the exit code is.</summary>
internal static class FailureReport
{
    internal static int Write(TextWriter output, Exception error, bool withTrace, bool cancelled)
    {
        foreach (var line in Lines(error, cancelled))
        {
            output.WriteLine(line);
        }

        if (withTrace)
        {
            output.WriteLine(error);
        }

        return ExitCode(error);
    }

    static int ExitCode(Exception error) => error switch
    {
        FleetValidationException or FleetIniFileException => ExitCodes.BadInput,
        FleetFileException or StateStoreException or RuntimeException or HostNetworkException or PlanStaleException => ExitCodes.Failure,
        PkiException or PeerUnreachableException or PeerRefusedException or RequestRefusedException => ExitCodes.Failure,
        DecnetException => ExitCodes.BadInput,
        _ => ExitCodes.Failure,
    };

    static IEnumerable<string> Lines(Exception error, bool cancelled) => error switch
    {
        FleetValidationException refused => refused.Issues.Select(issue => $"{refused.Subject}: {issue}"),
        DecnetException => [error.Message],
        OperationCanceledException when cancelled => ["Stopped before the end."],
        UnauthorizedAccessException or IOException => [error.Message],
        DllNotFoundException => [$"SQLite was not found on this machine. Install it, such as the package libsqlite3-0 or sqlite-libs. ({error.Message})"],
        TypeInitializationException { InnerException: { } inner } => Lines(inner, cancelled),
        _ => [$"Unexpected: {error.GetType().Name}: {error.Message} (--log-level debug tells more)"],
    };
}
