namespace Decnet.FakeDaemon.Engine;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

/// <summary>What every engine answers without any containers: pings, its version, its state.</summary>
static class EngineAnswers
{
    static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static FakeReply For(FakeRequest request, EngineRelease release) => (request.Method, request.Path) switch
    {
        ("GET" or "HEAD", "/_ping") => Ping(request.Method == "HEAD", release),
        ("GET", "/version") => Document(VersionDocument.Of(release)),
        ("GET", "/info") => Document(InfoDocument.Of(release, request.ApiVersion)),
        _ => FakeReply.Error(404, "page not found").WithoutEngineHeaders(),
    };

    static FakeReply Ping(bool isHead, EngineRelease release)
    {
        var reply = FakeReply.Text(isHead ? "" : "OK")
            .WithHeader("Cache-Control", "no-cache, no-store, must-revalidate")
            .WithHeader("Pragma", "no-cache");
        return EngineRelease.IsAtLeast(release.ApiVersion, "1.42")
            ? reply.WithHeader("Builder-Version", "2").WithHeader("Swarm", "inactive")
            : reply;
    }

    static FakeReply Document(JsonObject document) => FakeReply.Json(document.ToJsonString(_plain) + "\n");
}
