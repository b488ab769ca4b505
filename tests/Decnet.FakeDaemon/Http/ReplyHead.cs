namespace Decnet.FakeDaemon.Http;

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Decnet.FakeDaemon.Engine;

/// <summary>The status line and the headers of a reply.</summary>
static partial class ReplyHead
{
    /// <summary>Whether answers of this status never have a body.</summary>
    public static bool IsBodiless(int status) => status is 204 or 304 or (>= 100 and < 200);

    public static byte[] Of(FakeReply reply, EngineRelease release, bool announcesClose)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {Reason(reply.Status)}\r\n");
        var own = reply.Headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var engine = reply.HasEngineHeaders ? release.Headers.Where(header => !own.Contains(header.Key)) : [];
        foreach (var (name, value) in engine.Concat(reply.Headers).Concat(Framing(reply, announcesClose)))
        {
            if (value.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    static IEnumerable<KeyValuePair<string, string>> Framing(FakeReply reply, bool announcesClose)
    {
        yield return new("Date", DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        if (announcesClose)
        {
            yield return new("Connection", "close");
        }

        if (IsBodiless(reply.Status) || reply.EndsWithConnection)
        {
            yield break;
        }

        yield return reply.IsChunked
            ? new("Transfer-Encoding", "chunked")
            : new("Content-Length", reply.Body.Length.ToString(CultureInfo.InvariantCulture));
    }

    static string Reason(int status) =>
        Enum.IsDefined((HttpStatusCode)status) ? WordStarts().Replace(((HttpStatusCode)status).ToString(), " $0") : "Status";

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStarts();
}
