namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;

/// <summary><c>decnetd stop</c>: tells a worker to end, and waits until it says that it has.</summary>
internal sealed class StopCommand : DaemonCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    readonly Argument<string> worker = new("NAME") { Description = "The worker, such as 'reconciler'." };

    internal StopCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("stop", "Tell a worker of this host to end after the pass under way.", global, environment) => Add(worker);

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        var name = arguments.GetRequiredValue(worker);
        await host.Service.StopWorkerAsync(name, Environment.User, cancellationToken).ConfigureAwait(false);
        var started = host.Clock.GetTimestamp();
        while (host.Clock.GetElapsedTime(started) < Patience)
        {
            if (await HasStoppedAsync(host, name, cancellationToken).ConfigureAwait(false))
            {
                await Terminal.Out.WriteLineAsync($"{name} has stopped.").ConfigureAwait(false);
                return ExitCodes.Done;
            }

            await Task.Delay(Look, host.Clock, cancellationToken).ConfigureAwait(false);
        }

        await Terminal.Error.WriteLineAsync(
            $"{name} was told to stop and has not said so within {Patience.TotalSeconds:0} s. It ends after the pass under way, if it is alive; see 'decnetd status'.").ConfigureAwait(false);
        return ExitCodes.Failure;
    }

    static async Task<bool> HasStoppedAsync(LocalFleet host, string name, CancellationToken cancellationToken)
    {
        var workers = await host.Store.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        return workers.Where(worker => worker.HostId == host.HostId && worker.Name == name)
            .All(worker => worker.StatusAt(host.Clock.GetUtcNow()) == WorkerStatus.Stopped);
    }
}
