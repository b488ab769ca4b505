namespace Decnet.Daemon.Tests.Hosting;

using Decnet.Daemon.Hosting;
using Xunit;

public sealed class ShiftedClockTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("soon")]
    public void Without_an_offset_it_is_the_clock_of_the_machine(string? seconds) => Assert.Same(TimeProvider.System, ShiftedClock.Of(seconds));

    [Theory]
    [InlineData("3600")]
    [InlineData("-3600")]
    public void An_offset_moves_the_time_and_nothing_else(string seconds)
    {
        var clock = ShiftedClock.Of(seconds);

        var difference = clock.GetUtcNow() - TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(int.Parse(seconds, null));
        Assert.InRange(difference, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        Assert.InRange(clock.GetElapsedTime(TimeProvider.System.GetTimestamp()), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
