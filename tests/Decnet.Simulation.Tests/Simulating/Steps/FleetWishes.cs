namespace Decnet.Simulation.Tests.Simulating.Steps;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Testing;

/// <summary>Fleets and changes of fleets, at random, from few names and addresses, so that they collide often.</summary>
internal sealed class FleetWishes(Random random)
{
    internal static readonly string[] Services = ["ssh", "http", "ftp", "telnet", "redis", "docker_api", "sniffer"];
    static readonly string[] Families = ["linux", "windows", "bsd"];

    internal const int Names = 6;

    internal static string Name(int number) => $"decky-{number:00}";

    internal Fleet Fleet(int deckies)
    {
        var fleet = Sample.Fleet();
        for (var i = 0; i < deckies; i++)
        {
            fleet = WithOneMore(fleet);
        }

        return fleet;
    }

    internal Fleet WithOneMore(Fleet fleet)
    {
        var free = Enumerable.Range(1, Names).Select(Name).Where(name => !fleet.Deckies.Any(decky => decky.Name.Value == name)).ToArray();
        if (free.Length == 0)
        {
            return fleet;
        }

        var decky = Sample.Decky(free[random.Next(free.Length)], FreeAddress(fleet), SomeServices()) with
        {
            NmapOs = Families[random.Next(Families.Length)],
            MutateInterval = random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(1, 60)) : null,
            HostId = random.Next(8) switch { 0 => HostId.Parse("elsewhere"), 1 => HostId.Local, _ => null },
        };
        return fleet with { Deckies = [.. fleet.Deckies, decky] };
    }

    internal Fleet WithOneLess(Fleet fleet) =>
        fleet.Deckies.Count == 0 ? fleet : Without(fleet, Pick(fleet).Decky.Name);

    internal static Fleet Without(Fleet fleet, DeckyName name) => fleet with { Deckies = [.. fleet.Deckies.Where(decky => decky.Name != name)] };

    /// <summary>Changes one decky: its services mostly, else its address, host or stack.</summary>
    internal Fleet Mutated(Fleet fleet)
    {
        if (fleet.Deckies.Count == 0)
        {
            return fleet;
        }

        var (decky, at) = Pick(fleet);
        if (random.Next(12) == 0)
        {
            return WithSwappedAddresses(fleet, decky, Pick(fleet).Decky);
        }

        var changed = random.Next(10) switch
        {
            < 6 => decky with { Services = [.. SomeServices()] },
            < 8 => decky with { IPAddress = IPAddress.Parse(FreeAddress(fleet)) },
            8 => decky with { NmapOs = Families[random.Next(Families.Length)] },
            _ when fleet.Deckies.Count(other => other.Name == decky.Name) > 1 => decky,
            _ => decky with { HostId = decky.HostId is null ? HostId.Parse("elsewhere") : null, IPAddress = IPAddress.Parse(FreeAddress(fleet)) },
        };
        return fleet with { Deckies = [.. fleet.Deckies.Select((other, position) => position == at ? changed : other)] };
    }

    /// <summary>Gives one decky another stack, so that its base and all that hangs on it must be made anew.</summary>
    internal Fleet WithOtherStack(Fleet fleet)
    {
        if (fleet.Deckies.Count == 0)
        {
            return fleet;
        }

        var (decky, at) = Pick(fleet);
        var other = decky with { NmapOs = Families[(Array.IndexOf(Families, decky.NmapOs) + 1) % Families.Length] };
        return fleet with { Deckies = [.. fleet.Deckies.Select((unchanged, position) => position == at ? other : unchanged)] };
    }

    /// <summary>As somebody could edit it: with a service that no catalog has.</summary>
    internal Fleet Spoiled(Fleet fleet)
    {
        if (fleet.Deckies.Count == 0)
        {
            return fleet;
        }

        var (decky, at) = Pick(fleet);
        return fleet with { Deckies = [.. fleet.Deckies.Select((other, position) => position == at ? decky with { Services = ["nonsense"] } : other)] };
    }

    internal (Decky Decky, int At) Pick(Fleet fleet)
    {
        var at = random.Next(fleet.Deckies.Count);
        return (fleet.Deckies[at], at);
    }

    /// <summary>Exchanges two addresses, unless one of them is in use on the other host, too.</summary>
    static Fleet WithSwappedAddresses(Fleet fleet, Decky one, Decky other)
    {
        var swapped = fleet with
        {
            Deckies =
            [
                .. fleet.Deckies.Select(decky =>
                    decky == one ? decky with { IPAddress = other.IPAddress }
                    : decky == other ? decky with { IPAddress = one.IPAddress }
                    : decky),
            ],
        };
        return swapped.Deckies.DistinctBy(decky => (decky.HostId, decky.IPAddress)).Count() == swapped.Deckies.Count ? swapped : fleet;
    }

    internal string[] SomeServices()
    {
        var wanted = Services.ToArray();
        random.Shuffle(wanted);
        return wanted[..random.Next(1, 4)];
    }

    // Addresses of different hosts may be equal; within the fleet of a test they never are.
    string FreeAddress(Fleet fleet)
    {
        while (true)
        {
            var address = $"198.18.0.{random.Next(10, 22)}";
            if (!fleet.Deckies.Any(decky => decky.IPAddress.ToString() == address))
            {
                return address;
            }
        }
    }
}
