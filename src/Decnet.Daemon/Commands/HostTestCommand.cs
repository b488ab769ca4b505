namespace Decnet.Daemon.Commands;

using System.CommandLine;
using System.Globalization;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;

/// <summary><c>decnetd host test</c>: asks the agents of hosts.</summary>
internal sealed class HostTestCommand : HostCommandBase
{
    const int AtATime = 8;

    static readonly string[] Headings = ["host", "answers", "agent", "deckies", "open", "unsent", "problem"];

    readonly Argument<string[]> names = new("NAME") { Description = "The hosts, by name or identity. Default: all.", Arity = ArgumentArity.ZeroOrMore };

    internal HostTestCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("test", "Ask the agents of hosts how they are, with the master's certificate. Exit code 1 when one does not answer.", global, environment) => Add(names);

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var local = await OpenAsync(arguments, log, StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        var master = MasterOf(local);
        var hosts = await ChooseAsync(master, arguments.GetValue(names) ?? [], cancellationToken).ConfigureAwait(false);
        var probes = new HostProbe[hosts.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, hosts.Count, limits, async (i, token) =>
            probes[i] = await HostProbe.AskAsync(master, hosts[i], local.Clock, token).ConfigureAwait(false)).ConfigureAwait(false);
        Show(probes, Global.Json(arguments));
        return Array.TrueForAll(probes, probe => probe.IsReachable) ? ExitCodes.Done : ExitCodes.Failure;
    }

    static async Task<IReadOnlyList<FleetHost>> ChooseAsync(MasterFleet master, string[] wanted, CancellationToken cancellationToken)
    {
        if (wanted.Length == 0)
        {
            return await master.Hosts.ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var chosen = new List<FleetHost>();
        foreach (var name in wanted.Distinct(StringComparer.Ordinal))
        {
            chosen.Add(await master.Hosts.GetAsync(name, cancellationToken).ConfigureAwait(false));
        }

        return chosen;
    }

    void Show(IReadOnlyList<HostProbe> probes, bool json)
    {
        if (!json)
        {
            Table.Write(Terminal, Headings, [.. probes.Select(Row)]);
            return;
        }

        foreach (var probe in probes)
        {
            JsonLines.Write(Terminal.Out, writer =>
            {
                writer.WriteString("host_id", probe.Host.HostId.Value);
                writer.WriteString("name", probe.Host.Name);
                writer.WriteBoolean("reachable", probe.IsReachable);
                writer.WriteOptional("reason", probe.Reason);
                writer.WriteOptional("problem", probe.Problem);
                if (probe.Latency is { } latency)
                {
                    writer.WriteNumber("latency_ms", Math.Round(latency.TotalMilliseconds, 1));
                }

                if (probe.Status is { } status)
                {
                    writer.WriteString("agent_version", status.AgentVersion);
                    writer.WriteNumber("deckies", status.Deckies.Count);
                    writer.WriteNumber("open_operations", status.OpenOperations.Count);
                    writer.WriteNumber("unacknowledged", status.Unacknowledged);
                }
            });
        }
    }

    static string?[] Row(HostProbe probe) =>
    [
        probe.Host.Name,
        probe.Latency is { } latency ? TimeText.Span(latency) : "no",
        probe.Status?.AgentVersion,
        probe.Status?.Deckies.Count.ToString(CultureInfo.InvariantCulture),
        probe.Status?.OpenOperations.Count.ToString(CultureInfo.InvariantCulture),
        probe.Status?.Unacknowledged.ToString(CultureInfo.InvariantCulture),
        probe.Problem,
    ];
}
