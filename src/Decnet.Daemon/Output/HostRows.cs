namespace Decnet.Daemon.Output;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>Prints hosts: a table, or JSON lines.</summary>
internal static class HostRows
{
    static readonly string[] Headings = ["host", "status", "address", "deckies", "agent", "last report"];

    internal static void Write(Terminal terminal, IReadOnlyList<HostRow> hosts, DateTimeOffset now, bool json)
    {
        if (json)
        {
            foreach (var host in hosts)
            {
                WriteJson(terminal.Out, host);
            }
        }
        else if (hosts.Count == 0)
        {
            terminal.Out.WriteLine("There are no hosts. 'decnetd host enroll NAME' invites one.");
        }
        else
        {
            Table.Write(terminal, Headings, [.. hosts.Select(host => Row(host, now))]);
        }
    }

    static string?[] Row(HostRow row, DateTimeOffset now) =>
    [
        row.Host.Name,
        Token<FleetHostStatus>.Of(row.Host.Status),
        string.Create(CultureInfo.InvariantCulture, $"{row.Host.Address}:{row.Host.AgentPort}"),
        row.Deckies.ToString(CultureInfo.InvariantCulture),
        row.Host.AgentVersion,
        row.Host.LastHeartbeat is { } last ? $"{TimeText.Span(now - last)} ago" : "never",
    ];

    static void WriteJson(TextWriter output, HostRow row) => JsonLines.Write(output, writer =>
    {
        writer.WriteString("host_id", row.Host.HostId.Value);
        writer.WriteString("name", row.Host.Name);
        writer.WriteString("status", Token<FleetHostStatus>.Of(row.Host.Status));
        writer.WriteOptional("address", row.Host.Address);
        if (row.Host.AgentPort is { } port)
        {
            writer.WriteNumber("port", port);
        }

        writer.WriteOptional("last_heartbeat", row.Host.LastHeartbeat);
        writer.WriteNumber("deckies", row.Deckies);
        writer.WriteOptional("agent_version", row.Host.AgentVersion);
        writer.WriteOptional("fingerprint", row.Host.Fingerprint);
        writer.WriteNumber("trust_version", row.Host.TrustVersion);
    });
}
