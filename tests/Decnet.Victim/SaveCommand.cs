namespace Decnet.Victim;

using Decnet.Fleet.State;

/// <summary>Saves random fleets without end, and prints each generation once it is durable.</summary>
static class SaveCommand
{
    public static async Task RunAsync(string path, int seed)
    {
        var file = new FleetFile(path);
        var random = new Random(seed);
        while (true)
        {
            var saved = await file.SaveAsync(RandomFleet.Of(random.Next(120), random));
            Console.WriteLine(saved.Generation);
        }
    }
}
