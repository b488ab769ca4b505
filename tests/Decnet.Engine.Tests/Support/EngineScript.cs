namespace Decnet.Engine.Tests.Support;

using Decnet.Engine.Tests.HostNetwork;
using Decnet.Testing;

/// <summary>Runs <c>eng/test-engine</c> of the working copy.</summary>
static class EngineScript
{
    internal static Task<CommandResult> TryAsync(params string[] arguments) => TryInAsync(null, arguments);

    /// <exception cref="InvalidOperationException">The script failed; the message has what it printed.</exception>
    internal static Task<string> RunAsync(params string[] arguments) => RunInAsync(null, arguments);

    /// <summary>Runs it in a network, which an engine that it starts has from then on; null is that of the machine.</summary>
    /// <exception cref="InvalidOperationException">The script failed; the message has what it printed.</exception>
    internal static async Task<string> RunInAsync(NetworkNamespace? network, params string[] arguments)
    {
        var result = await TryInAsync(network, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"eng/test-engine {string.Join(' ', arguments)}: {result.Errors} {result.Output}");
    }

    static Task<CommandResult> TryInAsync(NetworkNamespace? network, string[] arguments) =>
        CommandLine.RunAsync("bash", [SourceTree.File("eng/test-engine"), .. arguments], network: network);
}
