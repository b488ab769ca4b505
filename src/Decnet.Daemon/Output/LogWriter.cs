namespace Decnet.Daemon.Output;

using System.Globalization;
using Microsoft.Extensions.Logging;

/// <summary>A log on the standard error: one line for each message, whole lines only, whichever threads write.</summary>
internal sealed class LogWriter(TextWriter output, LogLevel least, LogFormat format, TimeProvider clock) : ILoggerFactory
{
    readonly Lock gate = new();

    /// <summary>Told before a line is written, so that a live line can make room.</summary>
    internal Action? BeforeLine { get; set; }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log goes to one place.");

    public void Dispose()
    {
    }

    void Write(LogLevel level, string category, string message, Exception? error)
    {
        // A stack trace is for those who look for a fault of the program; others get the causes, outermost first.
        var cause = error is null ? "" : least <= LogLevel.Debug ? $": {error}" : $": {Causes(error)}";
        var line = $"{Start(level)}{category}: {message}{cause}";
        lock (gate)
        {
            BeforeLine?.Invoke();
            output.WriteLine(format == LogFormat.Journal ? line.ReplaceLineEndings(" ") : line);
            output.Flush();
        }
    }

    string Start(LogLevel level) =>
        format == LogFormat.Journal
            ? string.Create(CultureInfo.InvariantCulture, $"<{Priority(level)}>")
            : $"{TimeText.Full(clock.GetUtcNow())} {Word(level)} ";

    static string Causes(Exception error) => error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal)
        ? $"{error.Message} ({Causes(inner)})"
        : error.Message;

    static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit ",
        LogLevel.Error => "error",
        LogLevel.Warning => "warn ",
        LogLevel.Information => "info ",
        LogLevel.Debug => "debug",
        _ => "trace",
    };

    sealed class Category(LogWriter log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level != LogLevel.None && level >= log.Least;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
        {
            if (IsEnabled(level))
            {
                log.Write(level, name, format(state, error), error);
            }
        }
    }

    LogLevel Least => least;
}
