namespace Decnet.SwarmTimings.Https;

using System.Globalization;

/// <summary>How a round of reports went.</summary>
internal sealed class RoundResult
{
    readonly Lock gate = new();

    /// <summary>How many reports the master took.</summary>
    internal int Taken { get; private set; }

    /// <summary>The longest time that a connection was not used.</summary>
    internal TimeSpan LongestPause { get; private set; }

    /// <summary>Why a report was not taken; null when all were.</summary>
    internal string? Failure { get; private set; }

    internal static RoundResult Read(string line)
    {
        var words = line.Split(' ', 3);
        return new RoundResult
        {
            Taken = int.Parse(words[0], CultureInfo.InvariantCulture),
            LongestPause = TimeSpan.FromMilliseconds(double.Parse(words[1], CultureInfo.InvariantCulture)),
            Failure = words[2] is { Length: > 0 } failure ? failure : null,
        };
    }

    internal string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Taken} {LongestPause.TotalMilliseconds:0} {Failure?.ReplaceLineEndings(" ")}");

    internal void Count(string? failure)
    {
        lock (gate)
        {
            Taken += failure is null ? 1 : 0;
            Failure ??= failure;
        }
    }

    internal void Pause(TimeSpan pause) => LongestPause = pause > LongestPause ? pause : LongestPause;
}
