namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;

/// <summary><c>decnetd status</c>: how the fleet is.</summary>
internal sealed class StatusCommand : DaemonCommand
{
    const string ClearScreen = "\e[H\e[2J";

    static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    readonly Argument<DeckyName[]> names = DeckySelection.Argument("Only these deckies.");

    readonly Option<bool> watch = new("--watch", "-w") { Description = "Show it again on every change and every 2 seconds, until stopped." };

    internal StatusCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("status", "Show how the fleet is: what is wanted, what runs, and what is being done about it.", global, environment)
    {
        Add(names);
        Add(watch);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        if (!arguments.GetValue(watch))
        {
            var host = await OpenAsync(arguments, log, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
            await using var _ = host.ConfigureAwait(false);
            await ShowAsync(arguments, host, redraw: false, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Done;
        }

        try
        {
            while (true)
            {
                await WatchAsync(arguments, log, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }

    /// <summary>Shows the status again and again as long as the store is the same one: one that is not there yet may be there soon.</summary>
    async Task WatchAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var host = await OpenAsync(arguments, log, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        await using var _ = host.ConfigureAwait(false);
        using var wake = new WakeSignal();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = WakeAsync(host, wake, ended.Token);
        try
        {
            do
            {
                await ShowAsync(arguments, host, redraw: true, cancellationToken).ConfigureAwait(false);
                await wake.WaitAsync(Refresh, host.Clock, cancellationToken).ConfigureAwait(false);
            }
            while (host.HasStore);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static async Task WakeAsync(LocalFleet host, WakeSignal wake, CancellationToken cancellationToken)
    {
        await foreach (var _ in host.Events.FollowAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            wake.Set();
        }
    }

    async Task ShowAsync(ParseResult arguments, LocalFleet host, bool redraw, CancellationToken cancellationToken)
    {
        var status = await host.Service.StatusAsync(cancellationToken).ConfigureAwait(false);
        var chosen = Choose(status, arguments.GetValue(names) ?? []);
        if (redraw && Terminal.OutIsTerminal && !Global.Json(arguments))
        {
            await Terminal.Out.WriteAsync(ClearScreen).ConfigureAwait(false);
        }

        StatusRows.Write(Terminal, status, chosen, Global.Json(arguments));
        await Terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    static IReadOnlyList<DeckyStatus> Choose(FleetStatus status, DeckyName[] wanted)
    {
        KnownDeckies.Check(wanted, [.. status.Deckies.Select(decky => decky.Name)]);
        return wanted.Length == 0 ? status.Deckies : [.. status.Deckies.Where(decky => wanted.Contains(decky.Name))];
    }
}
