namespace Decnet.Fleet.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;

/// <summary>
/// Gives each decky one more attempt after a failure that may not be its own: an engine that shuts down ends containers while it
/// still answers, and one that was just restarted shows them as they were when it went.
/// </summary>
/// <param name="retry">How what fails in passing is tried again; nobody gets another attempt when nothing is.</param>
internal sealed class SecondChances(RetryOptions retry)
{
    readonly ConcurrentDictionary<DeckyName, bool> taken = [];

    /// <summary>Takes the second chance of a decky.</summary>
    /// <returns>Whether it had one.</returns>
    internal bool Take(DeckyName name) => retry.Window > TimeSpan.Zero && taken.TryAdd(name, true);

    /// <summary>Gives all deckies their chances back, since the engine was away.</summary>
    internal void Renew() => taken.Clear();
}
