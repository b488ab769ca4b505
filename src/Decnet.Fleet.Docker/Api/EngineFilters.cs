namespace Decnet.Fleet.Docker.Api;

using System.Text.Json;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>The filters of a list, as the engine takes them in a query: a JSON object of lists.</summary>
internal static class EngineFilters
{
    internal static string Of(params ReadOnlySpan<(string Key, string[] Values)> filters)
    {
        var map = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (key, values) in filters)
        {
            map.Add(key, values);
        }

        return JsonSerializer.Serialize(map, EngineJsonContext.Default.DictionaryStringStringArray);
    }
}
