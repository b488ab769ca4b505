namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;

/// <summary><c>decnetd host list</c>: the hosts, and how they are.</summary>
internal sealed class HostListCommand(GlobalOptions global, DaemonEnvironment environment)
    : HostCommandBase("list", "Show the hosts of the fleet.", global, environment)
{
    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var local = await OpenAsync(arguments, log, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        var now = local.Clock.GetUtcNow();
        var hosts = new List<HostRow>();
        foreach (var host in await local.Store.ListHostsAsync(cancellationToken).ConfigureAwait(false))
        {
            var recorded = await local.Store.ReadAsync(host.HostId, cancellationToken).ConfigureAwait(false);
            hosts.Add(new HostRow(host with { Status = host.StatusAt(now) }, recorded.Rows.Count));
        }

        HostRows.Write(Terminal, hosts, now, Global.Json(arguments));
        return ExitCodes.Done;
    }
}
