namespace Decnet.Fleet.Tests.Events;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Xunit;

public sealed class TopicTests
{
    const string NameLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const string HostLetters = "ABCXYZabcxyz0123456789-_";

    [Fact]
    public void Topics_are_those_of_the_grammar()
    {
        var name = DeckyName.Parse("web-01");

        Assert.Equal("decky.local:web-01.state", Topic.DeckyState(HostId.Local, name));
        Assert.Equal("decky.web-01.lifecycle", Topic.DeckyLifecycle(name));
        Assert.Equal("system.reconciler.health", Topic.WorkerHealth("reconciler"));
        Assert.Equal("system.reconciler.control", Topic.WorkerControl("reconciler"));
    }

    /// <summary>Whatever passes as a name has a topic of exactly three tokens, so no decky can make a pass fail.</summary>
    [Fact, Trait("Weakness", "L-1.8"), Trait("Weakness", "L-3.6")]
    public void Every_valid_name_has_a_topic()
    {
        var random = new Random(20260101);
        var names = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var found = DeckyName.TryParse(RandomText(random, i % 3 == 0 ? NameLetters + ".*> _A:\t" : NameLetters), out var name);
            if (!found || !HostId.TryParse(RandomText(random, HostLetters), out var host))
            {
                continue;
            }

            names++;
            foreach (var topic in new[] { Topic.DeckyState(host, name), Topic.DeckyLifecycle(name) })
            {
                Assert.True(Topic.IsValid(topic), topic);
                Assert.True(TopicPattern.Parse("decky.*.*").Matches(topic), topic);
            }
        }

        Assert.True(names > 5_000, $"Only {names} of the random names were valid.");
    }

    [Theory, Trait("Weakness", "L-1.8")]
    [InlineData("web.corp")]
    [InlineData("web*")]
    [InlineData("web>")]
    [InlineData("web 1")]
    [InlineData("")]
    public void What_would_break_a_topic_is_no_name(string text)
    {
        Assert.False(DeckyName.TryParse(text, out _));
        Assert.False(HostId.TryParse(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("*")]
    [InlineData(">")]
    [InlineData("a b")]
    [InlineData("a\u00a0b")]
    [InlineData("a\n")]
    public void The_name_of_a_worker_must_be_one_token(string worker)
    {
        Assert.Throws<ArgumentException>(() => Topic.WorkerHealth(worker));
        Assert.Throws<ArgumentException>(() => Topic.WorkerControl(worker));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b:c.d", true)]
    [InlineData("ä.b", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("a.", false)]
    [InlineData("a..b", false)]
    [InlineData("a.*", false)]
    [InlineData("a.>", false)]
    [InlineData("a.b>c", false)]
    [InlineData("a. b", false)]
    public void A_topic_has_tokens_without_wildcards_and_white_space(string? text, bool valid) => Assert.Equal(valid, Topic.IsValid(text));

    static string RandomText(Random random, string letters) =>
        string.Create(random.Next(1, 70), (random, letters), static (span, from) => from.random.GetItems(from.letters, span));
}
