namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using Decnet.Fleet.Docker.Observing;

public sealed class TextCacheTests
{
    readonly TextCache cache = new();

    [Fact]
    public void Equal_bytes_give_the_same_text_over_rounds()
    {
        var first = Get("decky-01");
        cache.EndRound();
        Assert.Same(first, Get("decky-01"));
        Assert.NotSame(first, Get("decky-02"));
    }

    [Fact]
    public void Texts_that_a_round_does_not_show_are_forgotten()
    {
        for (var round = 0; round < 50; round++)
        {
            for (var number = 0; number < 1000; number++)
            {
                Assert.Equal($"id-{round}-{number}", Get($"id-{round}-{number}"));
            }

            cache.EndRound();
            Assert.Equal(1000, cache.Count);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("grün")]
    [InlineData("🐳")]
    public void Texts_beyond_ASCII_are_read_and_not_kept(string text)
    {
        Assert.Equal(text, Get(text));
        Assert.Equal(text, Get(text));
        Assert.Equal(0, cache.Count);
    }

    string Get(string text) => cache.Get(Encoding.UTF8.GetBytes(text));
}
