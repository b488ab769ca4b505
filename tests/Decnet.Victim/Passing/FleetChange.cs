namespace Decnet.Victim.Passing;

using Decnet.Fleet.Model;

/// <summary>What an operator may want next: more deckies, others, fewer, or none at all.</summary>
static class FleetChange
{
    const int MaxDeckies = 12;

    public static Fleet Next(Fleet fleet, Random random) => random.Next(20) switch
    {
        0 => fleet with { Deckies = [] },
        < 4 => Without(fleet, random.Next(1, 4), random),
        < 10 when fleet.Deckies.Count > 0 => Changed(fleet, random.Next(fleet.Deckies.Count), random),
        _ => With(fleet, random.Next(1, 4), random),
    };

    static Fleet With(Fleet fleet, int count, Random random)
    {
        var taken = fleet.Deckies.Select(decky => decky.Name).ToHashSet();
        var more = Enumerable.Range(0, MaxDeckies).OrderBy(_ => random.Next())
            .Select(index => RandomFleet.Decky($"decky-{index}", index, random))
            .Where(decky => !taken.Contains(decky.Name))
            .Take(count);
        return fleet with { Deckies = [.. fleet.Deckies, .. more] };
    }

    static Fleet Without(Fleet fleet, int count, Random random) =>
        fleet with { Deckies = [.. fleet.Deckies.OrderBy(_ => random.Next()).Skip(count)] };

    /// <summary>Gives a decky another host name, which replaces all of it, or other services, which concerns those alone.</summary>
    static Fleet Changed(Fleet fleet, int at, Random random)
    {
        var decky = fleet.Deckies[at];
        var other = RandomFleet.Decky(decky.Name.Value, 0, random);
        var changed = random.Next(2) == 0 ? decky with { Hostname = other.Hostname } : decky with { Services = other.Services };
        return fleet with { Deckies = [.. fleet.Deckies.Select((before, index) => index == at ? changed : before)] };
    }
}
