namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>Orders of operators at random: what fits the fleet, what was asked for before, and what contradicts it.</summary>
internal sealed class WorkOrders(World world, FleetWishes wishes)
{
    readonly Random random = world.Random;
    WorkOrder? last;

    internal WorkOrder Next()
    {
        if (last is { IsConflict: false } again && random.Next(4) == 0)
        {
            return again with { Text = $"again {again.Text}", Before = FleetSteps.Known(world.File.Current) };
        }

        var fleet = FleetSteps.Known(world.File.Current);
        return last = random.Next(16) switch
        {
            < 4 => Add(fleet ?? wishes.Fleet(0)),
            4 when fleet is { Deckies.Count: > 0 } => Same(fleet),
            5 when fleet is { Deckies.Count: > 0 } => Conflict(fleet),
            6 or 7 => Replace(fleet),
            8 or 9 or 10 when fleet is { Deckies.Count: > 0 } => Mutate(fleet, null),
            11 when fleet is { Deckies.Count: > 0 } => Mutate(fleet, [.. wishes.SomeServices()]),
            12 or 13 when fleet is { Deckies.Count: > 0 } => Teardown(fleet),
            14 => TeardownAll(),
            _ => Add(fleet ?? wishes.Fleet(0)),
        };
    }

    internal static WorkOrder Deploy(Fleet wanted, Fleet? before, string text) => new()
    {
        Text = $"{text} of {string.Join(", ", wanted.Deckies.Select(decky => decky.Name))}",
        Kind = OperationKind.Deploy,
        Named = wanted.Deckies.Select(decky => decky.Name.Value).ToHashSet(),
        Before = before,
        Run = service => service.DeployAsync(wanted),
    };

    WorkOrder Add(Fleet fleet)
    {
        var grown = fleet;
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            grown = wishes.WithOneMore(grown);
        }

        var present = fleet.Deckies.Select(decky => decky.Name).ToHashSet();
        var alsoPresent = random.Next(3) == 0;
        return Deploy(grown with { Deckies = [.. grown.Deckies.Where(decky => alsoPresent || !present.Contains(decky.Name))] }, fleet, "deploy");
    }

    WorkOrder Same(Fleet fleet) =>
        Deploy(fleet with { Deckies = [.. fleet.Deckies.Where((_, at) => at == 0 || random.Next(3) != 0)] }, fleet, "deploy of the same");

    WorkOrder Conflict(Fleet fleet)
    {
        var (decky, _) = wishes.Pick(fleet);
        var other = decky with { Hostname = $"other-than-{decky.Hostname}" };
        var grown = wishes.WithOneMore(fleet);
        var wanted = grown with { Deckies = [.. grown.Deckies.Where(added => fleet.Find(added.Name) is null), other] };
        return Deploy(wanted, fleet, "contradiction") with { IsConflict = true };
    }

    WorkOrder Replace(Fleet? fleet)
    {
        var wanted = wishes.Mutated(fleet ?? wishes.Fleet(random.Next(1, 4)));
        wanted = random.Next(3) switch { 0 => wishes.WithOneMore(wanted), 1 => wishes.WithOneLess(wanted), _ => wanted };
        return new WorkOrder
        {
            Text = $"replacement by {string.Join(", ", wanted.Deckies.Select(decky => decky.Name))}",
            Kind = OperationKind.Deploy,
            Before = fleet,
            Run = service => service.DeployAsync(wanted, new DeployOptions { Replace = true }),
        };
    }

    WorkOrder Mutate(Fleet fleet, ValueList<string>? services)
    {
        var names = Some(fleet);
        return new WorkOrder
        {
            Text = $"mutation of {string.Join(", ", names)} to {(services is { } asked ? string.Join('+', asked) : "others")}",
            Kind = OperationKind.Mutate,
            Named = names.Select(name => name.Value).ToHashSet(),
            Before = fleet,
            Run = service => service.MutateAsync(names, new MutateOptions { Services = services }),
        };
    }

    WorkOrder Teardown(Fleet fleet)
    {
        var names = Some(fleet);
        return new WorkOrder
        {
            Text = $"teardown of {string.Join(", ", names)}",
            Kind = OperationKind.Teardown,
            Named = names.Select(name => name.Value).ToHashSet(),
            Before = fleet,
            Run = service => service.TeardownAsync(names),
        };
    }

    static WorkOrder TeardownAll() => new()
    {
        Text = "teardown of all",
        Kind = OperationKind.Teardown,
        Run = service => service.TeardownAllAsync(),
    };

    DeckyName[] Some(Fleet fleet)
    {
        var names = fleet.Deckies.Select(decky => decky.Name).ToArray();
        random.Shuffle(names);
        return names[..random.Next(1, names.Length + 1)];
    }
}
