namespace Decnet.Fleet.Docker.Tests.Watching;

using Decnet.Fleet.Docker.Watching;

public sealed class ReconnectDelayTests
{
    [Fact]
    public void Waits_grow_to_ten_seconds_and_stay_within_their_bounds()
    {
        var delay = new ReconnectDelay(new Random(3));
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var longest = Math.Min(10_000, 100 * Math.Pow(2, attempt));
            Assert.InRange(delay.After(TimeSpan.FromSeconds(1)).TotalMilliseconds, 100, longest);
        }
    }

    [Fact]
    public void Only_a_connection_that_lasted_begins_the_series_anew()
    {
        var delay = new ReconnectDelay(new Random(3));
        for (var attempt = 0; attempt < 20; attempt++)
        {
            delay.After(TimeSpan.FromSeconds(9.9));
        }

        Assert.Contains(Enumerable.Range(0, 20), _ => delay.After(TimeSpan.FromSeconds(9.9)) > TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromMilliseconds(100), delay.After(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Two_hosts_are_not_in_step()
    {
        var (left, right) = (new ReconnectDelay(new Random(1)), new ReconnectDelay(new Random(2)));
        var waits = Enumerable.Range(0, 10).Select(_ => (left.After(TimeSpan.Zero), right.After(TimeSpan.Zero))).ToArray();
        Assert.All(waits[1..], wait => Assert.NotEqual(wait.Item1, wait.Item2));
    }
}
