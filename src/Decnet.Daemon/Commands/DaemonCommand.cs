namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>A command: its options, and what it does with them.</summary>
internal abstract class DaemonCommand : Command
{
    protected DaemonCommand(string name, string description, GlobalOptions global, DaemonEnvironment environment) : base(name, description)
    {
        Global = global;
        Environment = environment;
        SetAction(InvokeAsync);
    }

    protected GlobalOptions Global { get; }

    protected DaemonEnvironment Environment { get; }

    protected Terminal Terminal => Environment.Terminal;

    /// <summary>How much is logged when nobody says so.</summary>
    protected virtual LogLevel LogLevelOf(ParseResult arguments) => LogLevel.Warning;

    /// <summary>Does the work.</summary>
    /// <returns>One of the <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken);

    protected Task<LocalFleet> OpenAsync(ParseResult arguments, LogWriter log, StoreAccess access, CancellationToken cancellationToken) =>
        LocalFleet.OpenAsync(Global.Settings(arguments, Environment) with { Logs = log }, access, cancellationToken);

    async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var level = Global.LogLevel(arguments) ?? LogLevelOf(arguments);
        var format = Environment.Variable("JOURNAL_STREAM") is { Length: > 0 } && !Terminal.ErrorIsTerminal ? LogFormat.Journal : LogFormat.Plain;
        using var log = new LogWriter(Terminal.Error, level, format, Environment.Clock);
        try
        {
            return await RunAsync(arguments, log, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, the caller gets a message and an exit code.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return FailureReport.Write(Terminal.Error, error, level <= LogLevel.Debug, cancellationToken.IsCancellationRequested);
        }
    }
}
