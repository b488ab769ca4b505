namespace Decnet.Victim;

using Decnet.Victim.Deploying;

/// <summary>
/// Makes passes that bring the containers of an engine into the desired state. It prints a line before the first pass and one
/// after each, which says what the pass did.
/// </summary>
static class DeployCommand
{
    public static async Task RunAsync(string path, string endpoint, int passes)
    {
        await using var folder = await DeployFolder.OpenAsync(path, endpoint);
        Console.WriteLine("begins");
        for (var pass = 0; pass < passes; pass++)
        {
            var result = await folder.PassAsync();
            Console.WriteLine($"{result.Steps.Count} steps, {result.Repaired} repaired, {(result.HasFailures ? "with failures" : "without failure")}");
        }
    }
}
