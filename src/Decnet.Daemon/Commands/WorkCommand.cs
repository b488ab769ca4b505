namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>A command that works on deckies, shows how it goes and how each operation ended, on whichever host.</summary>
internal abstract class WorkCommand : DaemonCommand
{
    readonly Option<bool> noWait = new("--no-wait") { Description = "Do not wait for other hosts to end what they have accepted." };

    protected WorkCommand(string name, string description, GlobalOptions global, DaemonEnvironment environment)
        : base(name, description, global, environment) => Add(noWait);

    protected async Task<int> WorkAsync(
        ParseResult arguments, LogWriter log, LocalFleet host, Func<IProgress<DeployProgress>, Task<FleetWorkResult>> work, CancellationToken cancellationToken)
    {
        var progress = new WorkProgress(Terminal, log);
        try
        {
            var result = await work(progress).ConfigureAwait(false);
            var waits = !arguments.GetValue(noWait) && !result.Cancelled;
            result = waits ? await FollowAsync(host, result, progress, cancellationToken).ConfigureAwait(false) : result;
            progress.Clear();
            Show(result, Global.Json(arguments));
            var accepted = result.Operations.Where(operation => operation.IsOpen).ToArray();
            if (accepted.Length > 0)
            {
                await Terminal.Error.WriteLineAsync(
                    $"Not ended yet, by their hosts: {string.Join(", ", accepted.Select(operation => operation.DeckyName))}. 'decnetd operations' tells how they go on.").ConfigureAwait(false);
            }

            return Succeeded(result, waits) ? ExitCodes.Done : ExitCodes.Failure;
        }
        finally
        {
            progress.Clear();
        }
    }

    async Task<FleetWorkResult> FollowAsync(LocalFleet host, FleetWorkResult result, IProgress<DeployProgress> progress, CancellationToken cancellationToken)
    {
        if (result.Operations.Any(operation => operation.IsOpen) && !await RemoteWork.IsHeardOfAsync(host, CancellationToken.None).ConfigureAwait(false))
        {
            await Terminal.Error.WriteLineAsync(
                "No master takes the reports of hosts, so that nobody hears here how their work ends. Start it: decnetd master. Ctrl-C ends the wait, and not the work.").ConfigureAwait(false);
        }

        return await RemoteWork.FollowAsync(host, result, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is left to a host is no failure to those who do not wait for it.</summary>
    static bool Succeeded(FleetWorkResult result, bool waited) =>
        result.Succeeded || (!waited && result is { Problem: null, Cancelled: false } && result.Operations.All(operation => operation.Status != OperationStatus.Failed));

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
