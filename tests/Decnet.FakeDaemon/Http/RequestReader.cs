namespace Decnet.FakeDaemon.Http;

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

/// <summary>Reads requests, with bodies of known length or chunked. <c>Expect</c> is ignored.</summary>
sealed partial class RequestReader(PeekedInput input, int connection, string engineVersion)
{
    /// <summary>Reads the next request; null when the client ended before its end.</summary>
    public async Task<FakeRequest?> ReadAsync(CancellationToken token)
    {
        var first = await input.LineAsync(token);
        if (first is null)
        {
            return null;
        }

        var parts = first.Split(' ');
        if (parts.Length != 3 || !parts[2].StartsWith("HTTP/1.", StringComparison.Ordinal) || !parts[1].StartsWith('/'))
        {
            throw new MalformedRequestException("the request line is none");
        }

        var headers = await HeadersAsync(token);
        var body = headers is null ? null : await BodyAsync(headers, token);
        return body is null ? null : Request(parts[0], parts[1], headers!, body);
    }

    FakeRequest Request(string method, string target, Dictionary<string, string> headers, byte[] body)
    {
        var question = target.IndexOf('?');
        var path = Uri.UnescapeDataString(question < 0 ? target : target[..question]);
        var version = Versioned().Match(path);
        return new FakeRequest
        {
            Method = method,
            RawPath = target,
            Path = version.Success ? version.Groups[2].Value : path,
            PathVersion = version.Success ? version.Groups[1].Value : null,
            EngineVersion = engineVersion,
            Query = Query(question < 0 ? "" : target[(question + 1)..]),
            Headers = headers,
            Body = body,
            Connection = connection,
        };
    }

    async Task<Dictionary<string, string>?> HeadersAsync(CancellationToken token)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await input.LineAsync(token) is { } line)
        {
            if (line.Length == 0)
            {
                return headers;
            }

            var colon = line.IndexOf(':');
            if (colon <= 0)
            {
                throw new MalformedRequestException("a header has no name");
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        return null;
    }

    async Task<byte[]?> BodyAsync(Dictionary<string, string> headers, CancellationToken token)
    {
        var body = new MemoryStream();
        if (headers.TryGetValue("Transfer-Encoding", out var coding) && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return await ChunksAsync(body, token) ? body.ToArray() : null;
        }

        if (!headers.TryGetValue("Content-Length", out var text))
        {
            return [];
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw new MalformedRequestException("the length is no number");
        }

        return await input.CopyAsync(length, body, token) ? body.ToArray() : null;
    }

    async Task<bool> ChunksAsync(MemoryStream body, CancellationToken token)
    {
        while (await input.LineAsync(token) is { } line)
        {
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
            {
                throw new MalformedRequestException("the size of a chunk is no number");
            }

            if (size == 0)
            {
                return await HeadersAsync(token) is not null;
            }

            if (!await input.CopyAsync(size, body, token) || await input.LineAsync(token) is not { } end)
            {
                return false;
            }

            if (end.Length > 0)
            {
                throw new MalformedRequestException("a chunk is longer than its size");
            }
        }

        return false;
    }

    static Dictionary<string, string> Query(string text)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            query[WebUtility.UrlDecode(name)] = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]);
        }

        return query;
    }

    [GeneratedRegex(@"^/v(\d+\.\d+)(/.*)$", RegexOptions.Singleline)]
    private static partial Regex Versioned();
}
