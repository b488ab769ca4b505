namespace Decnet.Daemon.Commands;

using System.CommandLine;
using Decnet.Daemon.Hosting;
using Decnet.Daemon.Output;
using Decnet.Fleet.Hosting;

/// <summary><c>decnetd host destroy</c>: has a host remove its deckies, and then its agent.</summary>
internal sealed class HostDestroyCommand : HostCommandBase
{
    static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(5);

    readonly Argument<string> name = HostArgument.One();

    readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask." };

    readonly Option<TimeSpan?> timeout = new("--timeout") { Description = "How long to wait for the last words of the host. Default: 5m.", HelpName = "TIME", CustomParser = Values.Interval };

    internal HostDestroyCommand(GlobalOptions global, DaemonEnvironment environment)
        : base("destroy", "Have a host remove its deckies, and then its agent with all that was installed. Logs are kept.", global, environment)
    {
        Add(name);
        Add(yes);
        Add(timeout);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, LogWriter log, CancellationToken cancellationToken)
    {
        var local = await OpenAsync(arguments, log, StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        await using var _ = local.ConfigureAwait(false);
        var host = await MasterOf(local).Hosts.GetAsync(arguments.GetRequiredValue(name), cancellationToken).ConfigureAwait(false);
        var destruction = await HostDestruction.AskAsync(local, host, cancellationToken).ConfigureAwait(false);
        foreach (var removed in destruction.Removes)
        {
            await Terminal.Error.WriteLineAsync($"removes {removed}").ConfigureAwait(false);
        }

        if (destruction.Obstacles.Count == 0 && !arguments.GetValue(yes)
            && !await Consent.AskAsync(Terminal, $"Remove all this from {host.Name}?", "it needs --yes", cancellationToken).ConfigureAwait(false))
        {
            return ExitCodes.BadInput;
        }

        var result = await destruction.RunAsync(arguments.GetValue(timeout) ?? UsualTimeout, cancellationToken).ConfigureAwait(false);
        Show(destruction, result, Global.Json(arguments));
        return result is { Succeeded: true } ? ExitCodes.Done : ExitCodes.Failure;
    }

    void Show(HostDestruction destruction, HostDestructionResult? result, bool json)
    {
        if (json)
        {
            JsonLines.Write(Terminal.Out, writer =>
            {
                writer.WriteString("operation_id", destruction.OperationId);
                writer.WriteTexts("removes", destruction.Removes);
                writer.WriteBoolean("accepted", true);
                writer.WriteBoolean("succeeded", result is { Succeeded: true });
                writer.WriteTexts("failed", result?.Failed ?? []);
            });
        }

        Terminal.Error.WriteLine(result switch
        {
            null => $"{destruction.Host.Name} has begun, and was not heard of since. Is 'decnetd master' running? 'decnetd events --topic host.>' shows what it says later.",
            { Succeeded: true } => $"{destruction.Host.Name} is gone.",
            _ => $"{destruction.Host.Name} could not be removed as a whole: {string.Join("; ", result.Failed)}",
        });
    }
}
