namespace Decnet.Victim;

using System.Globalization;
using Decnet.Fleet.State;
using Decnet.Victim.Passing;

/// <summary>
/// Changes the desired fleet, breaks containers and makes real passes, and prints after each pass the last event and the
/// generation that are durable then. Before anything else it prints a line, so that one can tell when it begins.
/// </summary>
static class PassCommand
{
    /// <summary>Long enough for a death between any two calls, of this process, or of another one that works on the same containers.</summary>
    static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(4);

    public static async Task RunAsync(string path, int seed, int passes)
    {
        Console.WriteLine("begins");
        var random = new Random(seed);
        await using var folder = await PassFolder.OpenAsync(path, CallTime);
        for (var pass = 0; pass < passes; pass++)
        {
            var state = await folder.File.UpdateAsync(before =>
                FleetChange.Next(before is DesiredState.Known known ? known.Fleet : RandomFleet.Of(0, random), random));
            for (var harm = random.Next(3); harm > 0; harm--)
            {
                await folder.Runtime.HarmAsync(random);
            }

            await folder.PassAsync();
            var last = await folder.Store.GetLastSequenceAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last} {((DesiredState.Known)state).Generation}"));
        }
    }
}
