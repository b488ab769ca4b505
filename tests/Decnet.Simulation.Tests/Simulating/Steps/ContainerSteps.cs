namespace Decnet.Simulation.Tests.Simulating.Steps;

using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What happens to containers and to the engine without Decnet.</summary>
internal sealed class ContainerSteps(World world)
{
    static readonly RuntimeError[] Errors =
    [
        RuntimeError.Timeout, RuntimeError.Server, RuntimeError.Unreachable, RuntimeError.NotFound, RuntimeError.Conflict, RuntimeError.Forbidden,
    ];

    readonly Random random = world.Random;
    int made;

    /// <summary>Breaks one of our containers, or puts one right.</summary>
    /// <param name="mayRename">
    /// Whether containers may get other names. Two processes keep out of each other's way by the uniqueness of names, so
    /// nobody renames anything while two of them run.
    /// </param>
    internal void Disturb(bool mayRename = true)
    {
        var ours = world.Engine.Containers.Where(container => !world.Foreign.Owns(container.Observed.Id)).ToArray();
        if (ours.Length == 0)
        {
            return;
        }

        var picked = ours[random.Next(ours.Length)].Observed;
        var what = random.Next(mayRename ? 10 : 9);
        world.Trace.Add($"  disturbance {what} of {picked.Name}");
        world.Disturbances++;
        switch (what)
        {
            case 0 or 1:
                world.Engine.Crash(picked.Name, random.Next(3));
                break;
            case 2:
                world.Engine.RemoveBehindOurBack(picked.Name);
                break;
            case 3 when ours.Any(container => container.Observed.DeckyName == picked.DeckyName && container.Observed.Role == ContainerRole.Base):
                world.Engine.CrashBase(DeckyName.Parse(picked.DeckyName));
                break;
            case 4:
                world.Engine.Pause(picked.Name);
                break;
            case 5:
                world.Engine.Unpause(picked.Name);
                break;
            case 6 when picked.State == ContainerState.Running:
                world.Engine.MakeUnhealthy(picked.Name);
                break;
            case 7:
                world.Engine.MakeHealthy(picked.Name);
                break;
            case 8 when picked.Role == ContainerRole.Base:
                world.Engine.RestartBehindOurBack(picked.Name);
                break;
            case 9:
                world.Engine.Rename(picked.Name, $"renamed-{++made}");
                break;
        }
    }

    /// <summary>Somebody makes a container with our labels: of a decky that is not in the fleet, or a second one of a service.</summary>
    internal void MakeStray()
    {
        var decky = random.Next(2) == 0 ? FleetWishes.Name(random.Next(1, FleetWishes.Names + 1)) : $"stranger-{random.Next(3)}";
        var owner = world.Engine.Containers.FirstOrDefault(container =>
            container.Observed.DeckyName == decky && container.Observed.Role == ContainerRole.Base && !world.Foreign.Owns(container.Observed.Id));
        var container = NewContainer($"stray-{++made}", decky, random.Next(2) == 0 ? "local" : null) with
        {
            NetworkContainerId = owner?.Observed.Id,
            ConfigHash = random.Next(2) == 0 ? "d1-of-another-time" : null,
        };
        world.Trace.Add($"  stray {container.Name} of {decky}");
        world.Disturbances++;
        world.Engine.AddForeign(container);
    }

    /// <summary>A container that is none of our business appears, with a name like one of ours, or with that very name.</summary>
    internal void MakeForeign()
    {
        var decky = FleetWishes.Name(random.Next(1, FleetWishes.Names + 1));
        var name = random.Next(3) == 0 ? decky : $"{decky}-{++made}";
        if (world.Engine.Containers.Any(container => container.Observed.Name == name))
        {
            return;
        }

        var withoutLabels = random.Next(2) == 0;
        world.Trace.Add($"  foreign {name}, {(withoutLabels ? "without labels" : "of another host")}");
        world.Foreign.Add(NewContainer(name, decky, withoutLabels ? "local" : "elsewhere"), withoutLabels);
    }

    internal void TroubleEngine()
    {
        var what = random.Next(11);
        world.Trace.Add($"  engine trouble {what}");
        switch (what)
        {
            case 0 or 1:
                world.Engine.Unreachable("the simulation cut the connection");
                break;
            case 2 or 3:
                world.Engine.Reachable();
                break;
            case 4:
                world.Engine.ClearFaults();
                world.Engine.MissingImages();
                break;
            case 5:
                LetOneDie();
                break;
            case 6 when world.Engine.Containers.Select(container => container.Spec?.Image).OfType<string>().ToArray() is { Length: > 0 } images:
                var image = images[random.Next(images.Length)];
                world.Engine.RemoveImage(image);
                world.Engine.MissingImages(image);
                break;
            default:
                world.Engine.Fail(new RuntimeFault
                {
                    Error = Errors[random.Next(Errors.Length)],
                    Times = random.Next(1, 4),
                    Verb = random.Next(2) == 0 ? null : Enum.GetValues<RuntimeVerb>()[random.Next(10)],
                    AfterEffect = random.Next(3) == 0,
                });
                break;
        }
    }

    /// <summary>Lets a container that may come die right after its start.</summary>
    internal void LetOneDie()
    {
        var decky = FleetWishes.Name(random.Next(1, FleetWishes.Names + 1));
        var name = random.Next(2) == 0 ? decky : $"{decky}-{FleetWishes.Services[random.Next(FleetWishes.Services.Length)]}";
        world.Trace.Add($"  {name} will not live");
        world.Engine.LetDie(name, 1, "it cannot go on", random.Next(1, 4));
    }

    ObservedContainer NewContainer(string name, string decky, string? host) => new()
    {
        Id = $"made-by-others-{++made}",
        Name = name,
        DeckyName = decky,
        Role = ContainerRole.Service,
        ServiceName = random.Next(2) == 0 ? "ssh" : "http",
        HostId = host,
        State = random.Next(3) == 0 ? ContainerState.Exited : ContainerState.Running,
    };
}
