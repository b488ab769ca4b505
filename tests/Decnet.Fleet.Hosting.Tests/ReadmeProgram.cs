namespace Decnet.Fleet.Hosting.Tests;

static class ReadmeProgram
{
    internal static async Task RunAsync(Func<string, string?> environment)
    {
        // <page>
        var options = LocalFleetOptions.FromEnvironment(environment);
        await using var local = await LocalFleet.OpenAsync(options, StoreAccess.Read);
        foreach (var decky in (await local.Service.StatusAsync()).Deckies)
        {
            Console.WriteLine($"{decky.Name} {decky.State} {decky.Reason}");
        }
        // </page>
    }
}
