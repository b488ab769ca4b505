namespace Decnet.Fleet.Tests.Events;

using Decnet.Fleet.Events;
using Xunit;

public sealed class TopicPatternTests
{
    /// <summary>The first eight rows are the table of the grammar.</summary>
    [Theory]
    [InlineData("a.b.c", "a.b.c", true)]
    [InlineData("topology.*.mutation.*", "topology.abc.mutation.applied", true)]
    [InlineData("topology.>", "topology.abc.status", true)]
    [InlineData("topology.>", "topology", false)]
    [InlineData("topology.*", "topology.abc.mutation.applied", false)]
    [InlineData("decky.*.state", "decky.state", false)]
    [InlineData("a.b", "a.b.c", false)]
    [InlineData("a.b.c", "a.b", false)]
    [InlineData("decky.*.state", "decky.local:web-01.state", true)]
    [InlineData("decky.*.state", "decky.local:web-01.lifecycle", false)]
    [InlineData("decky.>", "decky.web-01", true)]
    [InlineData("decky.>", "deckyx.web-01", false)]
    [InlineData("a.*.>", "a.b.c", true)]
    [InlineData("a.*.>", "a.b.c.d", true)]
    [InlineData("a.*.>", "a.b", false)]
    [InlineData("*", "a", true)]
    [InlineData("*", "a.b", false)]
    [InlineData(">", "a", true)]
    [InlineData(">", "a.b.c", true)]
    [InlineData(">", "", false)]
    [InlineData("a.*", "a.", false)]
    [InlineData("a.>", "a.", false)]
    [InlineData("A.b", "a.b", false)]
    public void A_pattern_matches_whole_tokens(string pattern, string topic, bool matches) =>
        Assert.Equal(matches, TopicPattern.Parse(pattern).Matches(topic));

    [Theory, Trait("Weakness", "L-5.2")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a.>.b")]
    [InlineData(">.a")]
    [InlineData("a.b*")]
    [InlineData("a.**")]
    [InlineData("a.b>")]
    [InlineData("a b")]
    public void What_is_no_pattern_is_refused(string text)
    {
        Assert.False(TopicPattern.TryParse(text, out var pattern));
        Assert.Null(pattern);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => TopicPattern.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_with_the_same_text_are_equal()
    {
        Assert.Equal(TopicPattern.Parse("a.*"), TopicPattern.Parse("a.*"));
        Assert.Equal(TopicPattern.Parse("a.*").GetHashCode(), TopicPattern.Parse("a.*").GetHashCode());
        Assert.NotEqual(TopicPattern.Parse("a.*"), TopicPattern.Parse("a.>"));
        Assert.Equal("a.*", TopicPattern.Parse("a.*").ToString());
        Assert.Equal(TopicPattern.All, TopicPattern.Parse(">"));
    }

    /// <summary>Matching agrees with a slow and obvious version of itself.</summary>
    [Fact]
    public void Matching_agrees_with_the_definition()
    {
        var random = new Random(7);
        string[] patternTokens = ["a", "b", "*", ">"];
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = random.GetItems(patternTokens, random.Next(1, 5));
            var topic = random.GetItems(patternTokens.AsSpan(0, 2), random.Next(1, 6));
            if (TopicPattern.TryParse(string.Join('.', pattern), out var parsed))
            {
                Assert.Equal(Fits(pattern, topic), parsed.Matches(string.Join('.', topic)));
            }
        }
    }

    static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> topic) =>
        pattern.IsEmpty || topic.IsEmpty
            ? pattern.IsEmpty && topic.IsEmpty
            : pattern[0] == ">" || ((pattern[0] == "*" || pattern[0] == topic[0]) && Fits(pattern[1..], topic[1..]));
}
