namespace Decnet.Shell.Reconciling;

using Decnet.Shell.Flow;
using Microsoft.Extensions.Logging;

/// <summary>Hands warnings and errors of what runs for long to whoever started it.</summary>
internal sealed class WarningLogger<T>(IOutlet outlet) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            outlet.Warn(exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception.Message}");
        }
    }
}
