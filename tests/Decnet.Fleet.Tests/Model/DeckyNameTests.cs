namespace Decnet.Fleet.Tests.Model;

using System.Text.RegularExpressions;
using Decnet.Fleet.Model;
using Xunit;

public sealed partial class DeckyNameTests
{
    static readonly string Longest = new('a', DeckyName.MaxLength);

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("web-01")]
    [InlineData("a--b")]
    public void A_lower_case_label_is_a_name(string text)
    {
        Assert.Equal(text, DeckyName.Parse(text).Value);
        Assert.Equal(text, DeckyName.Parse(text).ToString());
        Assert.Equal(text, DeckyName.Parse(text));
    }

    [Theory, Trait("Weakness", "W-48"), Trait("Weakness", "W-31")]
    [InlineData("")]
    [InlineData("Web-01")]
    [InlineData("-web")]
    [InlineData("web-")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".web")]
    [InlineData("_web")]
    [InlineData("web_01")]
    [InlineData("web.corp")]
    [InlineData("../etc")]
    [InlineData("wéb")]
    [InlineData("web\n")]
    public void Anything_else_is_refused_with_a_name_that_fits(string text)
    {
        Assert.False(DeckyName.TryParse(text, out _));

        var message = Assert.Throws<FormatException>(() => DeckyName.Parse(text)).Message;

        Assert.Contains($"'{DeckyName.Suggest(text)}' would fit", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_name_has_63_characters()
    {
        Assert.True(DeckyName.IsValid(Longest));
        Assert.False(DeckyName.IsValid(Longest + "a"));
        Assert.False(DeckyName.IsValid(null));
    }

    [Theory]
    [InlineData("Web_1.corp", "web-1-corp")]
    [InlineData("  Web  ", "web")]
    [InlineData("***", "decky")]
    [InlineData(null, "decky")]
    [InlineData("-a-", "a")]
    public void A_suggestion_resembles_the_text(string? text, string suggestion) => Assert.Equal(suggestion, DeckyName.Suggest(text));

    [Fact]
    public void The_rule_is_the_pattern_and_every_suggestion_fits_it()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(random.GetItems("abz09-AZ._*> é\n".AsSpan(), random.Next(0, 70)));
            Assert.Equal(Rule().IsMatch(text), DeckyName.IsValid(text));
            Assert.Matches(Rule(), DeckyName.Suggest(text));
        }
    }

    [Fact]
    public void A_name_that_was_never_parsed_is_no_name()
    {
        Assert.Throws<InvalidOperationException>(() => default(DeckyName).Value);
        Assert.Equal("", default(DeckyName).ToString());
    }

    [Fact]
    public void Names_are_ordered_by_their_characters() =>
        Assert.Equal(["0", "a", "a-b", "ab", "b"], new[] { "b", "ab", "a-b", "a", "0" }.Select(DeckyName.Parse).Order().Select(name => name.Value));

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Rule();
}
