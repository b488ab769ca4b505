namespace Decnet.Daemon.Commands;

using Decnet.Daemon.Output;

/// <summary>Asks before something is done that cannot be undone.</summary>
internal static class Consent
{
    /// <summary>Asks.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="question">The question.</param>
    /// <param name="without">What it takes where nobody can be asked, such as <c>--all needs --yes</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the answer was yes. Otherwise it has been said that nothing was done.</returns>
    internal static async Task<bool> AskAsync(Terminal terminal, string question, string without, CancellationToken cancellationToken)
    {
        if (!terminal.InIsTerminal)
        {
            await terminal.Error.WriteLineAsync($"Nothing was done: without a terminal, {without}.").ConfigureAwait(false);
            return false;
        }

        await terminal.Error.WriteAsync($"{question} [y/N] ").ConfigureAwait(false);
        await terminal.Error.FlushAsync(cancellationToken).ConfigureAwait(false);
        // Reading from a terminal cannot be cancelled, so the wait is.
        var answer = await Task.Run(terminal.In.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (answer?.Trim().ToLowerInvariant() is "y" or "yes")
        {
            return true;
        }

        await terminal.Error.WriteLineAsync("Nothing was done.").ConfigureAwait(false);
        return false;
    }
}
