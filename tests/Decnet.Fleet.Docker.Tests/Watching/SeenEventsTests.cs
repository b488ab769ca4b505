namespace Decnet.Fleet.Docker.Tests.Watching;

using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Watching;

public sealed class SeenEventsTests
{
    [Fact]
    public void An_event_without_its_exact_time_is_never_taken_for_an_earlier_one()
    {
        var seen = new SeenEvents();
        var die = new EngineEvent { Type = "container", Action = "die", Actor = new EventActor { ID = "c1" } };
        Assert.True(seen.Add(die));
        Assert.True(seen.Add(die));
    }

    [Fact]
    public void An_event_that_is_repeated_is_known_for_as_long_as_the_engine_repeats_it()
    {
        var seen = new SeenEvents();
        Assert.All(Enumerable.Range(1, 256), time => Assert.True(seen.Add(At(time))));
        Assert.All(Enumerable.Range(1, 256), time => Assert.False(seen.Add(At(time))));
        Assert.True(seen.Add(At(257)));
        Assert.True(seen.Add(At(1)));
    }

    static EngineEvent At(long time) => new() { Action = "die", Actor = new EventActor { ID = "c1" }, TimeNano = time };
}
