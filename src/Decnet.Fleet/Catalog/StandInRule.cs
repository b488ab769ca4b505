namespace Decnet.Fleet.Catalog;

using System.Text.Json.Serialization;

/// <summary>An answer.</summary>
internal sealed record StandInRule
{
    /// <summary>
    /// What it answers, several with <c>|</c> between: commands in any case; for messages of bytes their beginning in
    /// hexadecimal, with <c>??</c> for any byte and <c>*</c> for any number of them; for requests the request line, with <c>*</c>.
    /// </summary>
    /// <value>Default: <c>*</c>, everything.</value>
    [JsonPropertyName("when")]
    public string When { get; init => field = value ?? "*"; } = "*";

    /// <summary>The step of the conversation at which it holds; it begins at 0.</summary>
    /// <value>Default: null, at all steps.</value>
    [JsonPropertyName("at")]
    public int? At { get; init; }

    /// <summary>The answer.</summary>
    /// <value>Default: nothing is said.</value>
    [JsonPropertyName("reply")]
    public string? Reply { get; init; }

    /// <summary>The answer as one of HTTP; in place of <see cref="Reply"/>.</summary>
    [JsonPropertyName("http")]
    public StandInPage? Page { get; init; }

    /// <summary>The step that follows.</summary>
    /// <value>Default: null, the same.</value>
    [JsonPropertyName("go")]
    public int? Go { get; init; }

    /// <summary>Whether the connection ends then.</summary>
    [JsonPropertyName("end")]
    public bool End { get; init; }

    /// <summary>The line that ends what the client sends after this answer, as the dot after DATA of SMTP.</summary>
    [JsonPropertyName("until")]
    public string? Until { get; init; }

    /// <summary>What is said after that line.</summary>
    [JsonPropertyName("then")]
    public string? Then { get; init; }

    /// <summary>Where a text that ends with a zero byte begins in the message, counted from 1; it is <c>${user}</c> from then on.</summary>
    [JsonPropertyName("user_at")]
    public int? UserAt { get; init; }
}
