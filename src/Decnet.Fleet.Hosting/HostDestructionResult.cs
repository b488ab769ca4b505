namespace Decnet.Fleet.Hosting;

using System.Text.Json;
using Decnet.Fleet.Model;

/// <summary>How the self-destruction of a host ended, by its farewell.</summary>
public sealed record HostDestructionResult
{
    /// <summary>Whether everything is gone, and the host with it. When not, the host may still be there, and its agent too.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>What was removed.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>What was not removed, each with the reason.</summary>
    public required IReadOnlyList<string> Failed { get; init; }

    /// <summary>Reads the event of a farewell; null when it is that of another order.</summary>
    internal static HostDestructionResult? Of(DecnetEvent told, Guid operationId)
    {
        var payload = told.ParsePayload();
        return payload.TryGetProperty("operation_id", out var id) && id.TryGetGuid(out var found) && found == operationId
            ? new HostDestructionResult { Succeeded = payload.GetProperty("succeeded").GetBoolean(), Removed = List("removed"), Failed = List("failed") }
            : null;

        string[] List(string name) => [.. payload.GetProperty(name).EnumerateArray().Select(item => item.GetString() ?? "")];
    }
}
