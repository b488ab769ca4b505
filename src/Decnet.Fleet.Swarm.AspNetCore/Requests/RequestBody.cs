namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

/// <summary>Reads the body of a request: JSON, not too large, not too slow.</summary>
/// <param name="clock">The clock.</param>
/// <param name="limit">How long a body may take.</param>
internal sealed class RequestBody(TimeProvider clock, TimeSpan limit)
{
    const int ChunkBytes = 16 * 1024;

    /// <exception cref="ProblemException">It is none of these, or not what is expected.</exception>
    internal async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maxBytes)
    {
        CheckType(context.Request);
        CheckLength(context, maxBytes);
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            var body = await ReadAllAsync(context.Request.Body, maxBytes, either.Token).ConfigureAwait(false);
            return Parse(body.Span, type);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // What is still to come of the body is not waited for.
            context.Response.Headers.Connection = "close";
            throw Problems.TooSlow(limit);
        }
    }

    static T Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw Problems.Malformed(error, JsonPlace.Find(body, type, error));
        }
    }

    /// <summary>The whole of it. It grows with what has come, not with what the peer says will come.</summary>
    static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(ChunkBytes);
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(ChunkBytes), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw Problems.TooLarge(maxBytes);
            }
        }
    }

    static void CheckType(HttpRequest request)
    {
        var isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson || request.Headers.ContentEncoding.Count > 0)
        {
            throw Problems.NotJson(request.ContentType);
        }
    }

    static void CheckLength(HttpContext context, int maxBytes)
    {
        if (context.Request.ContentLength > maxBytes)
        {
            throw Problems.TooLarge(maxBytes);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }
    }
}
