namespace Decnet.Victim;

using Decnet.Fleet.State;

/// <summary>Takes a lock, prints who holds it, and keeps it until the end of the process.</summary>
static class HoldCommand
{
    public static async Task RunAsync(string path)
    {
        await using var held = await FleetLock.AcquireAsync(path, TimeSpan.Zero, "holding on");
        Console.WriteLine(held.Holder);
        await Task.Delay(Timeout.Infinite);
    }
}
