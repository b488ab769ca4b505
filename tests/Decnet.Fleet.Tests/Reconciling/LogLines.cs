namespace Decnet.Fleet.Tests.Reconciling;

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

/// <summary>Keeps what is logged, each message as its level and its text.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    readonly ConcurrentQueue<string> lines = new();

    internal IEnumerable<string> Lines => lines;

    /// <summary>The lines since the last time.</summary>
    internal string[] Take()
    {
        var taken = new List<string>();
        while (lines.TryDequeue(out var line))
        {
            taken.Add(line);
        }

        return [.. taken];
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" [{exception.Message}]")}");
}
