namespace Decnet.Fleet.Docker.Observing;

using System.Buffers.Text;

/// <summary>How long something has lasted, as far as the engine's rounded words tell.</summary>
/// <param name="Shortest">At least this long.</param>
/// <param name="Longest">Less than this.</param>
internal readonly record struct AgeRange(TimeSpan Shortest, TimeSpan Longest)
{
    /// <summary>Engines of different versions round hours up from half an hour, or down.</summary>
    static readonly TimeSpan HourRounding = TimeSpan.FromMinutes(30);

    /// <summary>What the engine also says of what its clock, set back since, has yet to reach.</summary>
    internal static readonly AgeRange LessThanASecond = new(TimeSpan.Zero, TimeSpan.FromSeconds(1));

    /// <summary>Reads the words, such as <c>Less than a second</c>, <c>12 seconds</c>, <c>About an hour</c> or <c>3 weeks</c>.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> words, out AgeRange age)
    {
        if (words.SequenceEqual("Less than a second"u8))
        {
            age = LessThanASecond;
            return true;
        }

        var isKnown = words.SequenceEqual("About a minute"u8)
            ? TryMake(1, "minutes"u8, out age)
            : words.SequenceEqual("About an hour"u8)
                ? TryMake(1, "hours"u8, out age)
                : TryCount(words, out age);
        return isKnown;
    }

    static bool TryCount(ReadOnlySpan<byte> words, out AgeRange age)
    {
        age = default;
        return Utf8Parser.TryParse(words, out int number, out var length)
            && number is >= 0 and < 100_000
            && length < words.Length
            && words[length] == (byte)' '
            && TryMake(number, words[(length + 1)..], out age);
    }

    static bool TryMake(int number, ReadOnlySpan<byte> unit, out AgeRange age)
    {
        TimeSpan? length = unit switch
        {
            _ when unit.SequenceEqual("second"u8) || unit.SequenceEqual("seconds"u8) => TimeSpan.FromSeconds(1),
            _ when unit.SequenceEqual("minutes"u8) => TimeSpan.FromMinutes(1),
            _ when unit.SequenceEqual("hours"u8) => TimeSpan.FromHours(1),
            _ when unit.SequenceEqual("days"u8) => TimeSpan.FromDays(1),
            _ when unit.SequenceEqual("weeks"u8) => TimeSpan.FromDays(7),
            _ when unit.SequenceEqual("months"u8) => TimeSpan.FromDays(30),
            _ when unit.SequenceEqual("years"u8) => TimeSpan.FromDays(365),
            _ => null,
        };
        if (length is not { } one)
        {
            age = default;
            return false;
        }

        var rounding = one >= TimeSpan.FromHours(1) ? HourRounding : TimeSpan.Zero;
        age = new AgeRange(one * number - rounding, one * (number + 1));
        return true;
    }
}
