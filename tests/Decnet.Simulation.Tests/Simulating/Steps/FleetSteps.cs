namespace Decnet.Simulation.Tests.Simulating.Steps;

using System.Text;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>What operators do to the fleet file: through Decnet, and by their own means.</summary>
internal sealed class FleetSteps(World world, FleetWishes wishes)
{
    readonly Random random = world.Random;
    readonly List<byte[]> copies = [];

    internal async Task AddAsync() => await world.RunAsync(async process =>
    {
        var count = random.Next(1, 4);
        await process.File.UpdateAsync(now =>
        {
            var fleet = Known(now) ?? (random.Next(2) == 0 ? wishes.Fleet(0) : null);
            for (var i = 0; i < count && fleet is not null; i++)
            {
                fleet = wishes.WithOneMore(fleet);
            }

            return fleet;
        });
        KeepCopy();
    });

    internal async Task ChangeAsync() => await world.RunAsync(async process =>
    {
        await process.File.UpdateAsync(now => Known(now) is { } fleet ? wishes.Mutated(fleet) : null);
        KeepCopy();
    });

    internal async Task RemoveAsync() => await world.RunAsync(async process =>
    {
        if (Known(await process.File.LoadAsync()) is not { Deckies.Count: > 0 } fleet)
        {
            return;
        }

        var decky = wishes.Pick(fleet).Decky;
        await process.File.UpdateAsync(now => Known(now) is { } current ? FleetWishes.Without(current, decky.Name) : null);
        KeepCopy();
    });

    /// <summary>Empties the fleet on purpose.</summary>
    internal async Task EmptyAsync() => await world.RunAsync(async process =>
    {
        await process.File.UpdateAsync(now => Known(now) is { } fleet ? fleet with { Deckies = [] } : null);
        KeepCopy();
    });

    internal async Task RestorePreviousAsync() => await world.RunAsync(async process =>
    {
        if (world.File.Previous is not null)
        {
            await process.File.RestorePreviousAsync();
        }
    });

    /// <summary>Damages, removes, edits or replaces the file behind Decnet's back.</summary>
    internal void Tamper()
    {
        var bytes = world.Disk.Read(world.File.Path);
        var known = Known(world.File.Current);
        switch (random.Next(8))
        {
            case 0 or 1:
                Put("removed", null);
                break;
            case 2 when bytes is { Length: > 1 }:
                Put("truncated", bytes[..random.Next(bytes.Length - 1)]);
                break;
            case 3:
                Put("garbage", Encoding.UTF8.GetBytes(random.Next(3) switch { 0 => "", 1 => "{}", _ => "\0\0\0\0 not json" }));
                break;
            case 4 when known is not null:
                Put("edited", Edited(random.Next(4) == 0 ? wishes.Spoiled(known) : wishes.Mutated(known)));
                break;
            case 5 when known is not null:
                Put("edited", Edited(wishes.WithOneLess(known)));
                break;
            case 6 or 7 when copies.Count > 0:
                Put("an older copy", copies[random.Next(copies.Count)]);
                break;
        }
    }

    internal static Fleet? Known(DesiredState state) => (state as DesiredState.Known)?.Fleet;

    byte[] Edited(Fleet fleet)
    {
        var generation = ((DesiredState.Known)world.File.Current).Generation;
        var text = Encoding.UTF8.GetString(FleetFileFormat.Write(fleet, Math.Max(1, generation), world.Clock.GetUtcNow()));
        return Encoding.UTF8.GetBytes(text.Replace("\"sha256:", "\"sha256:0", StringComparison.Ordinal));
    }

    void Put(string what, byte[]? contents)
    {
        world.Trace.Add($"  the file is {what}");
        world.Disk.Put(world.File.Path, contents);
        world.File.Settle();
    }

    void KeepCopy()
    {
        if (world.Disk.Read(world.File.Path) is { } bytes)
        {
            copies.Add(bytes);
        }
    }
}
