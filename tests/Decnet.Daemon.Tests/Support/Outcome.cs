namespace Decnet.Daemon.Tests.Support;

using System.Text.Json;

/// <summary>How a command ended.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal JsonElement[] Json => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];
}
