namespace Decnet.Shell.Output;

using System.Text.Json;

/// <summary>
/// What an event tells, by key: texts, numbers, booleans, null, arrays, and payloads in turn. As text it is its JSON, so that it can be
/// read by property and by <c>ConvertFrom-Json</c> alike.
/// </summary>
#pragma warning disable CA1710 // It is named for what it is; that keys lead to values is how.
public sealed class EventPayload : Dictionary<string, object?>
#pragma warning restore CA1710
{
    readonly string json;

    EventPayload(JsonElement element) : base(StringComparer.OrdinalIgnoreCase)
    {
        json = element.GetRawText();
        foreach (var property in element.EnumerateObject())
        {
            this[property.Name] = Value(property.Value);
        }
    }

    internal static EventPayload Of(JsonElement element) => new(element);

    /// <summary>The payload as JSON.</summary>
    /// <returns>The text of one JSON object.</returns>
    public override string ToString() => json;

    static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new EventPayload(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var number) ? (object)number : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
