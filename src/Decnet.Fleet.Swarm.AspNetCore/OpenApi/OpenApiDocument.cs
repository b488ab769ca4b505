namespace Decnet.Fleet.Swarm.AspNetCore.OpenApi;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decnet.Fleet.Swarm.AspNetCore.Agents;
using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The OpenAPI 3.1 documents of both sides, made of the routes and the records of the contract.</summary>
internal static class OpenApiDocument
{
    internal const string Path = "/openapi.json";

    internal const string ContentType = "application/json";

    static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Lazy<string> AgentText = new(() => Write("Decnet agent", "What a master may order an agent to do. Only the master's certificate is let in.", AgentRoutes.All));

    static readonly Lazy<string> MasterText = new(() => Write("Decnet master", "What hosts tell their master. Each is let in with its own certificate.", MasterRoutes.All));

    /// <summary>The document of the agent.</summary>
    internal static string Agent => AgentText.Value;

    /// <summary>The document of the master.</summary>
    internal static string Master => MasterText.Value;

    static string Write(string title, string description, IEnumerable<SwarmRoute> routes)
    {
        var schemas = new SchemaBook();
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            paths[route.Path] = new JsonObject { [route.Method.ToLowerInvariant()] = OperationWriter.Write(route, schemas) };
        }

        return ToText(new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = title, ["version"] = SwarmProtocol.Version, ["description"] = description },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject { ["mutualTLS"] = new JsonObject { ["type"] = "mutualTLS" } },
            },
        });
    }

    static string ToText(JsonObject document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Format))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length).ReplaceLineEndings("\n") + "\n";
    }
}
