namespace Decnet.Victim;

/// <summary>A process made to be killed, or to compete with others: it works on files until its end and tells what it has achieved.</summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["save", var path, var seed]:
                await SaveCommand.RunAsync(path, int.Parse(seed));
                return 0;
            case ["add", var path, var prefix, var count]:
                await AddCommand.RunAsync(path, prefix, int.Parse(count));
                return 0;
            case ["hold", var path]:
                await HoldCommand.RunAsync(path);
                return 0;
            case ["pass", var folder, var seed]:
                await PassCommand.RunAsync(folder, int.Parse(seed), int.MaxValue);
                return 0;
            case ["pass", var folder, var seed, var passes]:
                await PassCommand.RunAsync(folder, int.Parse(seed), int.Parse(passes));
                return 0;
            case ["deploy", var folder, var endpoint, var passes]:
                await DeployCommand.RunAsync(folder, endpoint, int.Parse(passes));
                return 0;
            default:
                await Console.Error.WriteLineAsync(
                    "usage: save <file> <seed> | add <file> <prefix> <count> | hold <lock> | pass <state folder> <seed> [<passes>] "
                    + "| deploy <state folder> <endpoint> <passes>");
                return 2;
        }
    }
}
