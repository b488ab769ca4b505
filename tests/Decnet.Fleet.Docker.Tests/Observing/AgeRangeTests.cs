namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using Decnet.Fleet.Docker.Observing;

public sealed class AgeRangeTests
{
    [Theory]
    [InlineData("Less than a second", 0, 1)]
    [InlineData("1 second", 1, 2)]
    [InlineData("59 seconds", 59, 60)]
    [InlineData("About a minute", 60, 120)]
    [InlineData("2 minutes", 120, 180)]
    [InlineData("59 minutes", 3540, 3600)]
    [InlineData("About an hour", 1800, 7200)]
    [InlineData("47 hours", 167400, 172800)]
    [InlineData("2 days", 171000, 259200)]
    [InlineData("2 weeks", 1207800, 1814400)]
    [InlineData("2 months", 5182200, 7776000)]
    [InlineData("2 years", 63070200, 94608000)]
    public void Words_give_the_range_of_what_they_can_mean(string words, int shortest, int longest)
    {
        Assert.True(AgeRange.TryParse(Encoding.UTF8.GetBytes(words), out var age));
        Assert.Equal((shortest, longest), ((int)age.Shortest.TotalSeconds, (int)age.Longest.TotalSeconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 ")]
    [InlineData("minutes")]
    [InlineData("5 fortnights")]
    [InlineData("-5 minutes")]
    [InlineData("99999999999 years")]
    [InlineData("5 minutes ago")]
    [InlineData("Etwa eine Minute")]
    public void Unknown_words_give_none(string words) => Assert.False(AgeRange.TryParse(Encoding.UTF8.GetBytes(words), out _));

    [Fact]
    public void Every_age_lies_in_the_range_of_its_words()
    {
        for (var seconds = 0.0; seconds < 3 * 365 * 86400.0; seconds = (seconds * 1.003) + 0.3)
        {
            var age = TimeSpan.FromSeconds(seconds);
            var words = HumanDuration(age);
            Assert.True(AgeRange.TryParse(Encoding.UTF8.GetBytes(words), out var range), words);
            Assert.True(range.Shortest <= age && age < range.Longest, $"{age} is '{words}', which was taken for {range}.");
        }
    }

    /// <summary>As go-units writes durations.</summary>
    static string HumanDuration(TimeSpan age)
    {
        var seconds = (long)age.TotalSeconds;
        var minutes = (long)age.TotalMinutes;
        var hours = (long)(age.TotalHours + 0.5);
        return seconds < 1 ? "Less than a second"
            : seconds == 1 ? "1 second"
            : seconds < 60 ? $"{seconds} seconds"
            : minutes == 1 ? "About a minute"
            : minutes < 60 ? $"{minutes} minutes"
            : hours == 1 ? "About an hour"
            : hours < 48 ? $"{hours} hours"
            : hours < 24 * 14 ? $"{hours / 24} days"
            : hours < 24 * 60 ? $"{hours / 24 / 7} weeks"
            : hours < 24 * 730 ? $"{hours / 24 / 30} months"
            : $"{(long)age.TotalHours / 24 / 365} years";
    }
}
