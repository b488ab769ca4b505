namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Operations;

/// <summary>A command that works on deckies, shows how it goes and how each operation ended.</summary>
internal abstract class WorkCommand(string name, string description, GlobalOptions global, DaemonEnvironment environment)
    : DaemonCommand(name, description, global, environment)
{
    protected async Task<int> WorkAsync(
        ParseResult arguments, LogWriter log, Func<IProgress<DeployProgress>, Task<FleetWorkResult>> work)
    {
        var progress = new WorkProgress(Terminal, log);
        try
        {
            var result = await work(progress).ConfigureAwait(false);
            progress.Clear();
            Show(result, Global.Json(arguments));
            return result.Succeeded ? ExitCodes.Done : ExitCodes.Failure;
        }
        finally
        {
            progress.Clear();
        }
    }

    void Show(FleetWorkResult result, bool json)
    {
        if (json || result.Operations.Count > 0)
        {
            OperationRows.Write(Terminal, result.Operations, json);
        }

        if (!json && result.Unchanged.Count > 0)
        {
            Terminal.Out.WriteLine($"Unchanged: {string.Join(", ", result.Unchanged)}");
        }

        if (!json && result.Operations.Count == 0 && result.Unchanged.Count == 0)
        {
            Terminal.Out.WriteLine("There was nothing to do.");
        }

        if (result.Problem is { } problem)
        {
            Terminal.Error.WriteLine(problem);
        }

        if (result.Cancelled)
        {
            Terminal.Error.WriteLine("Stopped before the end. The same command goes on from here.");
        }
    }
}
