namespace Decnet.Fleet.Docker.Api;

using System.Net;
using System.Text;
using System.Text.Json;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>Makes one kind of error of all the ways in which a request can fail.</summary>
internal static class EngineErrors
{
    /// <summary>How much of an error's body is read; more is not for people.</summary>
    const int LongestBody = 4096;

    /// <summary>The error of an answer that says that the request failed.</summary>
    internal static async Task<DockerEngineException> FromAsync(
        EngineRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var said = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var words = said ?? $"no explanation ({response.ReasonPhrase})";
        return new DockerEngineException(KindOf(response.StatusCode), $"The engine refused {request.Label} with status {status}: {words}", request.Label, status, said);
    }

    /// <summary>The error of a request without a complete answer.</summary>
    internal static DockerEngineException From(DockerEndpoint endpoint, EngineRequest request, Exception error, bool timedOut)
    {
        if (timedOut)
        {
            return new DockerEngineException(
                RuntimeError.Timeout,
                $"The engine at {endpoint.Address} did not answer {request.Label} within {request.Timeout!.Value.TotalSeconds:0.#} s.",
                request.Label,
                innerException: error);
        }

        return error is JsonException or InvalidDataException
            ? new DockerEngineException(
                RuntimeError.Server, $"The answer to {request.Label} from {endpoint.Address} cannot be read: {error.Message}", request.Label, innerException: error)
            : new DockerEngineException(
                RuntimeError.Unreachable, $"The engine at {endpoint.Address} cannot be reached for {request.Label}: {error.Message}", request.Label, innerException: error);
    }

    /// <summary>Whether an engine refused the version of a request, and with it the request as a whole.</summary>
    internal static bool IsVersionRefused(DockerEngineException error) =>
        error is { StatusCode: 400, EngineMessage: { } said } && said.StartsWith("client version ", StringComparison.Ordinal);

    static RuntimeError KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RuntimeError.Forbidden,
        HttpStatusCode.NotFound => RuntimeError.NotFound,
        HttpStatusCode.Conflict => RuntimeError.Conflict,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => RuntimeError.Server,
        _ => RuntimeError.Invalid,
    };

    static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestBody];
        int count;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return null;
        }

        return Explain(buffer.AsSpan(0, count));
    }

    static string? Explain(ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, EngineJsonContext.Default.ErrorAnswer)?.Message is { Length: > 0 } message)
            {
                return message.Trim();
            }
        }
        catch (JsonException)
        {
            // A proxy answered, not the engine; its words are better than none.
        }

        var text = Encoding.UTF8.GetString(body).Trim();
        return text.Length == 0 ? null : text.Length > 200 ? text[..200] + "…" : text;
    }
}
