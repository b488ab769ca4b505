namespace Decnet.Fleet.Swarm.AspNetCore.Hosting;

using Microsoft.Extensions.Logging;

/// <summary>Passes on what is logged, but of ASP.NET Core itself only warnings and worse: it would tell of each request.</summary>
internal sealed class FrameworkLogs(ILoggerFactory logs) : ILoggerFactory
{
    const string Framework = "Microsoft.";

    public ILogger CreateLogger(string categoryName)
    {
        var logger = logs.CreateLogger(categoryName);
        return categoryName.StartsWith(Framework, StringComparison.Ordinal) ? new Terse(logger) : logger;
    }

    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    /// <summary>The logs belong to the program.</summary>
    public void Dispose()
    {
    }

    sealed class Terse(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level >= LogLevel.Warning && logger.IsEnabled(level);

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
        {
            if (IsEnabled(level))
            {
                logger.Log(level, id, state, error, format);
            }
        }
    }
}
