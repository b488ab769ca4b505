namespace Decnet.Fleet.Swarm.Masters;

using System.Net;

/// <summary>Counts wrong tokens by the address that they came from, and by all. What it remembers is bounded.</summary>
internal sealed class GuessGuard(EnrolmentOptions options, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly Queue<(DateTimeOffset At, IPAddress From)> wrong = new();

    /// <summary>How long nobody from an address is heard; null when they are.</summary>
    internal TimeSpan? RefusedFor(IPAddress remote)
    {
        lock (gate)
        {
            var now = Forget();
            if (wrong.Count >= options.MaxGuessesOfAll)
            {
                return wrong.Peek().At + options.GuessWindow - now;
            }

            var own = wrong.Where(guess => guess.From.Equals(remote)).ToArray();
            return own.Length >= options.MaxGuesses ? own[0].At + options.GuessWindow - now : null;
        }
    }

    /// <summary>Counts a wrong token.</summary>
    internal void Count(IPAddress remote)
    {
        lock (gate)
        {
            wrong.Enqueue((Forget(), remote));
        }
    }

    DateTimeOffset Forget()
    {
        var now = clock.GetUtcNow();
        while (wrong.TryPeek(out var oldest) && oldest.At + options.GuessWindow <= now)
        {
            wrong.Dequeue();
        }

        return now;
    }
}
