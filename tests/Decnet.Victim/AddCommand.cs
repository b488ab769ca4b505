namespace Decnet.Victim;

using Decnet.Fleet.State;

/// <summary>Adds deckies one by one, each in an update of its own, and prints each generation.</summary>
static class AddCommand
{
    public static async Task RunAsync(string path, string prefix, int count)
    {
        var file = new FleetFile(path, new FleetFileOptions { LockTimeout = TimeSpan.FromMinutes(2) });
        for (var i = 0; i < count; i++)
        {
            var state = await file.UpdateAsync(state =>
            {
                var fleet = state is DesiredState.Known known ? known.Fleet : RandomFleet.Of(0, new Random(0));
                return fleet with { Deckies = [.. fleet.Deckies, RandomFleet.Decky($"{prefix}-{i}", fleet.Deckies.Count, new Random(i))] };
            });
            Console.WriteLine(((DesiredState.Known)state).Generation);
        }
    }
}
