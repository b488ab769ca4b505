namespace Decnet.EngineTimings;

/// <summary>A request that the runtime sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="PathAndQuery">Path, with version and query.</param>
/// <param name="Body">The body; null when it has none.</param>
/// <param name="Started">When it was sent, by the stopwatch.</param>
/// <param name="Time">How long it took until the answer's head was there.</param>
internal sealed record SentRequest(string Method, string PathAndQuery, string? Body, long Started, TimeSpan Time)
{
    /// <summary>The method and the path, with an asterisk for ids: <c>POST /containers/*/start</c>.</summary>
    internal string Kind
    {
        get
        {
            var path = PathAndQuery.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).AsEnumerable();
            path = path.First() is ['v', >= '0' and <= '9', ..] ? path.Skip(1) : path;
            var parts = path.ToArray();
            if (parts.Length > 1 && parts[1] is not ("create" or "json"))
            {
                parts = parts[^1] is "json" or "start" or "stop" or "rename" or "wait" && parts.Length > 2 ? [parts[0], "*", parts[^1]] : [parts[0], "*"];
            }

            return $"{Method} /{string.Join('/', parts)}";
        }
    }
}
