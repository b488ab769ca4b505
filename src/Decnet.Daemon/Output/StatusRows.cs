namespace Decnet.Daemon.Output;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;

/// <summary>Prints how a fleet is: what is wanted, a table of its deckies, and the workers.</summary>
internal static class StatusRows
{
    static readonly string[] Headings = ["decky", "host", "state", "address", "services", "under way", "next change", "reason"];

    static readonly string[] WorkerHeadings = ["worker", "status", "host", "pid", "last sign of life"];

    internal static void Write(Terminal terminal, FleetStatus status, IReadOnlyList<DeckyStatus> deckies, bool json)
    {
        if (json)
        {
            StatusJson.Write(terminal.Out, status, deckies);
            return;
        }

        WriteFleet(terminal, status);
        if (deckies.Count > 0)
        {
            terminal.Out.WriteLine();
            Table.Write(terminal, Headings, [.. deckies.Select(decky => Row(decky, status.At))], HostColumn.Hidden(deckies.Select(decky => decky.HostId), status.HostId));
        }

        if (status.Workers.Count > 0)
        {
            terminal.Out.WriteLine();
            Table.Write(terminal, WorkerHeadings, [.. status.Workers.Select(worker => Row(worker, status.At))]);
        }
    }

    static void WriteFleet(Terminal terminal, FleetStatus status)
    {
        terminal.Out.WriteLine(status.Desired switch
        {
            DesiredState.Known { Fleet: var fleet, Generation: var generation } => string.Create(
                CultureInfo.InvariantCulture,
                $"Host {status.HostId}: generation {generation}, {fleet.Deckies.Count} deckies in {fleet.Subnet} ({Token<NetworkDriver>.Of(fleet.Driver)})"),
            DesiredState.Missing missing => $"Host {status.HostId}: no fleet. {missing.Reason}",
            DesiredState.Corrupt corrupt => $"Host {status.HostId}: the fleet is not known. {corrupt.Reason}",
            _ => $"Host {status.HostId}",
        });
        if (status.Unreachable is { } reason)
        {
            terminal.Out.WriteLine($"States are the last recorded ones, since the engine does not answer: {reason}");
        }

        if (status.Suspension is { } order)
        {
            terminal.Out.WriteLine($"The whole fleet is {Suspended(order)}.");
        }
    }

    static string?[] Row(DeckyStatus decky, DateTimeOffset now) =>
    [
        decky.Name.Value,
        decky.HostId.Value,
        Token<DeckyState>.Of(decky.State),
        decky.IPAddress?.ToString(),
        string.Join(",", decky.Services),
        decky.Operation is { } operation ? $"{Token<OperationKind>.Of(operation.Kind)} {Token<OperationStatus>.Of(operation.Status)}" : null,
        decky.NextMutation is { } next ? (next > now ? $"in {TimeText.Span(next - now)}" : "due") : null,
        string.Join("; ", Reasons(decky)),
    ];

    static IEnumerable<string> Reasons(DeckyStatus decky)
    {
        if (decky.Reason is { } reason)
        {
            yield return reason;
        }

        if (!decky.IsDesired && decky.Row is not null)
        {
            yield return "not in the fleet file any more";
        }

        if (decky.Suspension is { DeckyName: not null } order)
        {
            yield return Suspended(order);
        }
    }

    static string Suspended(Suspension order) =>
        $"suspended by {order.By} since {TimeText.Short(order.At)}{(order.Reason is { } reason ? $": {reason}" : "")}";

    static string?[] Row(Worker worker, DateTimeOffset now) =>
    [
        worker.Name,
        Token<WorkerStatus>.Of(worker.StatusAt(now)),
        worker.HostId.Value,
        worker.ProcessId.ToString(CultureInfo.InvariantCulture),
        $"{TimeText.Span(now - worker.LastBeat)} ago",
    ];
}
