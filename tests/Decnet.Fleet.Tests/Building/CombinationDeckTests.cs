namespace Decnet.Fleet.Tests.Building;

using Decnet.Fleet.Building;
using Xunit;

public sealed class CombinationDeckTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(7, 2, 21)]
    [InlineData(9, 3, 84)]
    public void Every_combination_is_dealt_once_and_again_after_a_reset(int items, int size, int total)
    {
        var deck = new CombinationDeck(items, size);
        for (var round = 0; round < 2; round++)
        {
            var dealt = new HashSet<string>();
            var combination = new int[size];
            while (deck.TryDeal(new Random(round * 100 + dealt.Count), combination))
            {
                Assert.Equal(combination.Distinct().Order(), combination);
                Assert.InRange(combination[^1], 0, items - 1);
                Assert.True(dealt.Add(string.Join(' ', combination)));
            }

            Assert.Equal(total, dealt.Count);
            deck.Reset();
        }
    }

    [Fact]
    public void A_first_deal_can_be_any_combination()
    {
        var counts = new Dictionary<string, int>();
        var random = new Random(5);
        for (var i = 0; i < 6_000; i++)
        {
            var combination = new int[2];
            new CombinationDeck(4, 2).TryDeal(random, combination);
            var key = string.Join(' ', combination);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1_150));
    }
}
