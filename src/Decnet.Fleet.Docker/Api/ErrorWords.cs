namespace Decnet.Fleet.Docker.Api;

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>What an answer says about a failure: the engine's message, or the beginning of what a proxy wrote for people.</summary>
internal static partial class ErrorWords
{
    const int LongestBody = 64 * 1024;
    const int LongestMessage = 1000;
    const int LongestText = 200;

    internal static async Task<string?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new byte[LongestBody];
        var count = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int part;
            while (count < body.Length && (part = await stream.ReadAsync(body.AsMemory(count), cancellationToken).ConfigureAwait(false)) > 0)
            {
                count += part;
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // The status is known; what came of the explanation must do.
        }

        return Explain(body.AsSpan(0, count));
    }

    /// <summary>Makes one line of a text, and no long one.</summary>
    /// <returns>Null when nothing is left.</returns>
    internal static string? Tidy(string? text, int longest = LongestMessage)
    {
        var line = Blank().Replace(text ?? "", " ").Trim();
        if (line.Length <= longest)
        {
            return line.Length == 0 ? null : line;
        }

        var isSplit = char.IsHighSurrogate(line[longest - 1]);
        return string.Concat(line.AsSpan(0, isSplit ? longest - 1 : longest), "…");
    }

    static string? Explain(ReadOnlySpan<byte> body)
    {
        try
        {
            if (Tidy(JsonSerializer.Deserialize(body, EngineJsonContext.Default.ErrorAnswer)?.Message) is { } message)
            {
                return message;
            }
        }
        catch (JsonException)
        {
            // A proxy answered, not the engine; its words are better than none.
        }

        var text = Encoding.UTF8.GetString(body);
        return Tidy(text.TrimStart().StartsWith('<') ? Tag().Replace(text, " ") : text, LongestText);
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blank();

    /// <summary>A tag of HTML, and what is between those of a style or a script.</summary>
    [GeneratedRegex(@"<(style|script)\b.*?(</\1\s*>|\z)|<[^>]*(>|\z)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
