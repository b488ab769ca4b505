namespace Decnet.Daemon.Output;

using Decnet.Fleet.Model;

/// <summary>Prints operations: a table, or JSON lines.</summary>
internal static class OperationRows
{
    static readonly string[] Headings = ["decky", "host", "operation", "status", "created", "took", "error"];

    internal static void Write(Terminal terminal, IReadOnlyList<Operation> operations, bool json)
    {
        if (!json)
        {
            Table.Write(terminal, Headings, [.. operations.Select(Row)], HostColumn.Hidden(operations.Select(operation => operation.HostId)));
            return;
        }

        foreach (var operation in operations)
        {
            WriteJson(terminal.Out, operation);
        }
    }

    static string?[] Row(Operation operation) =>
    [
        operation.DeckyName.Value,
        operation.HostId.Value,
        Token<OperationKind>.Of(operation.Kind),
        Token<OperationStatus>.Of(operation.Status),
        TimeText.Short(operation.CreatedAt),
        operation.Duration is { } duration ? TimeText.Span(duration) : "",
        operation.Error,
    ];

    static void WriteJson(TextWriter output, Operation operation) => JsonLines.Write(output, writer =>
    {
        writer.WriteString("id", operation.Id);
        writer.WriteString("host", operation.HostId.Value);
        writer.WriteString("decky", operation.DeckyName.Value);
        writer.WriteString("operation", Token<OperationKind>.Of(operation.Kind));
        writer.WriteString("status", Token<OperationStatus>.Of(operation.Status));
        writer.WriteOptional("error", operation.Error);
        writer.WriteNumber("attempt", operation.Attempt);
        writer.WriteOptional("created_at", operation.CreatedAt);
        writer.WriteOptional("started_at", operation.StartedAt);
        writer.WriteOptional("updated_at", operation.UpdatedAt);
        writer.WriteOptional("completed_at", operation.CompletedAt);
        writer.WriteOptional("deadline", operation.Deadline);
    });
}
