namespace Decnet.Engine.Tests.Support;

using Decnet.Testing;

/// <summary>Runs <c>eng/test-engine</c> of the working copy.</summary>
static class EngineScript
{
    internal static Task<CommandResult> TryAsync(params string[] arguments) =>
        CommandLine.RunAsync("bash", [SourceTree.File("eng/test-engine"), .. arguments]);

    /// <exception cref="InvalidOperationException">The script failed; the message has what it printed.</exception>
    internal static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"eng/test-engine {string.Join(' ', arguments)}: {result.Errors} {result.Output}");
    }
}
