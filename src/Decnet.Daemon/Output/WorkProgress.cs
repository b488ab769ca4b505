namespace Decnet.Daemon.Output;

using System.Globalization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;

/// <summary>
/// Shows how work on a fleet goes, on the standard error: on a terminal one line that changes, elsewhere a line for each operation
/// that begins or ends.
/// </summary>
internal sealed class WorkProgress : IProgress<DeployProgress>
{
    const string ClearLine = "\r\e[K";

    readonly Lock gate = new();
    readonly Terminal terminal;
    readonly Dictionary<Guid, OperationStatus> told = [];
    bool live;

    internal WorkProgress(Terminal terminal, LogWriter log)
    {
        this.terminal = terminal;
        log.BeforeLine = Clear;
    }

    public void Report(DeployProgress value)
    {
        lock (gate)
        {
            if (terminal.ErrorIsTerminal)
            {
                Redraw(value);
            }
            else if (told.GetValueOrDefault(value.Operation.Id) != value.Operation.Status)
            {
                terminal.Error.WriteLine($"{Describe(value)}{Ending(value.Operation)}");
                terminal.Error.Flush();
            }

            told[value.Operation.Id] = value.Operation.Status;
        }
    }

    /// <summary>Removes the live line.</summary>
    internal void Clear()
    {
        lock (gate)
        {
            if (live)
            {
                terminal.Error.Write(ClearLine);
                terminal.Error.Flush();
                live = false;
            }
        }
    }

    void Redraw(DeployProgress value)
    {
        var text = Describe(value);
        var width = terminal.Width();
        terminal.Error.Write(ClearLine + (text.Length < width ? text : text[..(width - 1)]));
        terminal.Error.Flush();
        live = true;
    }

    static string Describe(DeployProgress value)
    {
        var operation = value.Operation;
        var step = operation is { Status: OperationStatus.Running, Progress: { } progress }
            ? $" {Token<OperationPhase>.Of(progress.Phase)}{(progress.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" {progress.Done}/{progress.Total}") : "")}"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{value.Ended}/{value.Total}] {operation.DeckyName}: {Token<OperationKind>.Of(operation.Kind)} {Token<OperationStatus>.Of(operation.Status)}{step}");
    }

    static string Ending(Operation operation) => operation switch
    {
        { Error: { } error } => $": {error.ReplaceLineEndings(" ")}",
        { Duration: { } duration } => $" ({TimeText.Span(duration)})",
        _ => "",
    };
}
