namespace Decnet.FakeDaemon.Listing;

using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

/// <summary>
/// The answer to <c>GET /containers/json</c> for given containers, whatever the query asks for. The bytes are made once for each
/// shape, so that a listing of tens of thousands costs nothing but their sending.
/// </summary>
public sealed class ContainerListing
{
    // Engines write listings without escaping what HTML would need escaped.
    static readonly JsonWriterOptions _asEngine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    readonly ConcurrentDictionary<(string Engine, string Asked), Lazy<FakeReply>> _replies = new();

    /// <summary>Makes a listing.</summary>
    /// <param name="containers">The containers, in the order of the listing; engines list the newest first.</param>
    public ContainerListing(IEnumerable<FakeContainer> containers)
    {
        Containers = [.. containers];
    }

    /// <summary>The containers.</summary>
    public IReadOnlyList<FakeContainer> Containers { get; }

    /// <summary>The handler: <c>daemon.On("GET", "/containers/json", listing.Answer)</c>.</summary>
    public FakeReply Answer(FakeRequest request) => Reply(request.EngineVersion, request.ApiVersion);

    /// <summary>The reply of an engine that is asked in the newest version of the API that it speaks.</summary>
    public FakeReply Reply(string apiVersion) => Reply(apiVersion, apiVersion);

    /// <summary>The reply of an engine that may be asked in an older version of the API.</summary>
    public FakeReply Reply(string engineVersion, string askedVersion) =>
        _replies.GetOrAdd((engineVersion, askedVersion), shape => new(() => FakeReply.Json(Write(shape.Engine, shape.Asked)))).Value;

    ReadOnlyMemory<byte> Write(string engineVersion, string askedVersion)
    {
        var bytes = new ArrayBufferWriter<byte>(1024 * Math.Max(1, Containers.Count));
        using (var json = new Utf8JsonWriter(bytes, _asEngine))
        {
            var writer = new SummaryWriter(json, engineVersion, askedVersion);
            json.WriteStartArray();
            foreach (var container in Containers)
            {
                writer.Write(container);
            }

            json.WriteEndArray();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }
}
