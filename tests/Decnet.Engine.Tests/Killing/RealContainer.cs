namespace Decnet.Engine.Tests.Killing;

using System.Text.Json;
using Decnet.Fleet.Containers;

/// <summary>A container as <c>docker inspect</c> shows it.</summary>
/// <param name="Id">The whole id.</param>
/// <param name="Name">The name, without a leading slash.</param>
/// <param name="Hash">The configuration hash that its label says.</param>
/// <param name="Joined">The id of the container whose network it joined; null for a base.</param>
/// <param name="Status">The state, such as <c>running</c>.</param>
/// <param name="Address">Its address in the network of the fleet; empty when it has none.</param>
/// <param name="Process">The number of its first process; 0 when none runs.</param>
sealed record RealContainer(string Id, string Name, string? Hash, string? Joined, string Status, string Address, int Process)
{
    const string JoinedPrefix = "container:";

    /// <summary>The network namespace that its first process lives in, such as <c>net:[4026532000]</c>; null when it has ended.</summary>
    public string? NetworkNamespace => new FileInfo($"/proc/{Process}/ns/net").LinkTarget;

    /// <summary>Reads what <c>docker inspect</c> prints.</summary>
    public static IReadOnlyList<RealContainer> Read(string json)
    {
        using var list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(Of)];
    }

    static RealContainer Of(JsonElement container)
    {
        var state = container.GetProperty("State");
        var mode = container.GetProperty("HostConfig").GetProperty("NetworkMode").GetString()!;
        return new RealContainer(
            container.GetProperty("Id").GetString()!,
            container.GetProperty("Name").GetString()!.TrimStart('/'),
            Text(container.GetProperty("Config").GetProperty("Labels"), DecnetLabels.ComposeConfigHash),
            mode.StartsWith(JoinedPrefix, StringComparison.Ordinal) ? mode[JoinedPrefix.Length..] : null,
            state.GetProperty("Status").GetString()!,
            container.GetProperty("NetworkSettings").GetProperty("Networks") is { ValueKind: JsonValueKind.Object } networks
                && networks.TryGetProperty(DecnetLabels.NetworkName, out var network)
                    ? Text(network, "IPAddress") ?? ""
                    : "",
            state.GetProperty("Pid").GetInt32());
    }

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
