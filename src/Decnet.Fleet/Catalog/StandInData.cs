namespace Decnet.Fleet.Catalog;

using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>The contents of <c>decoys.json</c>: how services without an image of their own greet.</summary>
internal sealed record StandInData
{
    static readonly Lazy<StandInData> Embedded = new(LoadEmbedded);

    internal static StandInData BuiltIn => Embedded.Value;

    /// <summary>Texts by name that depend on settings and persona.</summary>
    [JsonPropertyName("values")]
    public required Dictionary<string, StandInValue> Values { get; init; }

    /// <summary>The listeners; of several for the same service and port, the first that is for the persona counts.</summary>
    [JsonPropertyName("listeners")]
    public required StandInListener[] Listeners { get; init; }

    /// <summary>Finds how a service greets on a port.</summary>
    /// <param name="slug">The slug of the service.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="tags">What the persona is, as <see cref="StandInListener.For"/> names it.</param>
    /// <returns>The listener, or null when nothing is known about the port.</returns>
    internal StandInListener? Find(string slug, int port, IReadOnlyList<string> tags) =>
        Array.Find(Listeners, listener =>
            listener.Port == port
            && listener.Services.Contains(slug, StringComparer.Ordinal)
            && (listener.For.Length == 0 || listener.For.Any(tag => tags.Contains(tag, StringComparer.Ordinal))));

    static StandInData LoadEmbedded()
    {
        using var stream = typeof(StandInData).Assembly.GetManifestResourceStream("Decnet.Fleet.Catalog.decoys.json")!;
        return JsonSerializer.Deserialize(stream, CatalogJsonContext.Default.StandInData)!;
    }
}
