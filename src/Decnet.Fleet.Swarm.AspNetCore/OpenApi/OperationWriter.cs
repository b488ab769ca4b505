namespace Decnet.Fleet.Swarm.AspNetCore.OpenApi;

using System.Globalization;
using System.Text.Json.Nodes;
using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.AspNetCore.WebUtilities;

/// <summary>Writes one route as an operation of OpenAPI.</summary>
internal static class OperationWriter
{
    static readonly int[] OfAll = [403, 500];
    static readonly int[] OfBodies = [400, 408, 413, 415];

    internal static JsonObject Write(SwarmRoute route, SchemaBook schemas)
    {
        var operation = new JsonObject { ["operationId"] = route.Name, ["summary"] = route.Summary };
        if (route.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", schemas.Of(body)) };
        }

        operation["responses"] = Responses(route, schemas);
        // Whoever enrols has no certificate yet.
        operation["security"] = route == MasterRoutes.Enroll ? new JsonArray() : new JsonArray(new JsonObject { ["mutualTLS"] = new JsonArray() });
        return operation;
    }

    static JsonObject Responses(SwarmRoute route, SchemaBook schemas)
    {
        var responses = new SortedDictionary<int, JsonObject>();
        foreach (var code in OfAll.Concat(route.Body is null ? [] : OfBodies).Concat(route.Problems))
        {
            responses[code] = Response(ReasonPhrases.GetReasonPhrase(code), Problems.ContentType, schemas.Of(SwarmJsonContext.Default.SwarmProblem));
        }

        foreach (var answer in route.Answers)
        {
            var type = answer.Status >= 400 ? Problems.ContentType : "application/json";
            responses[answer.Status] = Response(answer.Meaning, type, answer.Body is { } body ? schemas.Of(body) : null);
        }

        return new JsonObject(responses.Select(pair =>
            KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)pair.Value)));
    }

    static JsonObject Response(string description, string type, JsonNode? schema)
    {
        var response = new JsonObject { ["description"] = description };
        if (schema is not null)
        {
            response["content"] = Content(type, schema);
        }

        return response;
    }

    static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };
}
