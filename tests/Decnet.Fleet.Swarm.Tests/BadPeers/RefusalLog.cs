namespace Decnet.Fleet.Swarm.Tests.BadPeers;

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

/// <summary>Keeps why a server has refused handshakes, as its log says: whom it refuses hears nothing of it.</summary>
internal sealed partial class RefusalLog : ILoggerFactory, ILogger
{
    readonly ConcurrentQueue<string> reasons = [];

    /// <summary>The reasons since the last time, without the times in them.</summary>
    internal string Take()
    {
        var taken = new List<string>();
        while (reasons.TryDequeue(out var reason))
        {
            taken.Add(Time().Replace(reason, "…"));
        }

        return string.Join("; ", taken);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values
            && formatter(state, exception).StartsWith("A connection of", StringComparison.Ordinal)
            && values.FirstOrDefault(value => value.Key == "Reason").Value is string reason)
        {
            reasons.Enqueue(reason);
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")]
    private static partial Regex Time();
}
