namespace Decnet.Fleet.Containers.StandIns;

using System.Buffers;
using System.Text.Json;

/// <summary>What HTTP says about itself.</summary>
internal static class StandInPages
{
    /// <summary>What names of headers are made of (RFC 9110, 5.6.2).</summary>
    static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The header lines of a JSON object of names and values, without the last line end; nothing when it is none.</summary>
    internal static byte[] Headers(string? json)
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Lines(document.RootElement).Skip(2)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    static IEnumerable<byte> Lines(JsonElement headers) =>
        from header in headers.EnumerateObject()
        where header.Name.Length > 0 && !header.Name.AsSpan().ContainsAnyExcept(NameCharacters)
        from part in (byte[][])["\r\n"u8.ToArray(), StandInTemplate.OneLine($"{header.Name}: {header.Value}")]
        from value in part
        select value;

    /// <summary>The reason phrase of a status code (RFC 9110, 15).</summary>
    internal static string ReasonOf(int code) => code switch
    {
        100 => "Continue",
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        418 => "I'm a teapot",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => code switch { < 200 => "Continue", < 300 => "OK", < 400 => "Found", < 500 => "Bad Request", _ => "Internal Server Error" },
    };
}
