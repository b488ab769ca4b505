namespace Decnet.Fleet.Events;

using System.Diagnostics.CodeAnalysis;

/// <summary>
/// A pattern of topics: <c>*</c> stands for exactly one token, a last <c>&gt;</c> for one or more
/// (spec/lifecycle.md 5.2). <c>decky.*.state</c> matches <c>decky.local:web-01.state</c>; <c>decky.&gt;</c> matches
/// everything about deckies.
/// </summary>
public sealed record TopicPattern : IParsable<TopicPattern>
{
    readonly string[] tokens;

    TopicPattern(string text)
    {
        Text = text;
        tokens = text.Split('.');
    }

    /// <summary>The pattern that matches every topic: <c>&gt;</c>.</summary>
    public static TopicPattern All { get; } = new(">");

    /// <summary>The pattern as text.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The pattern.</returns>
    /// <exception cref="FormatException">The text is no pattern; the message says why.</exception>
    public static TopicPattern Parse(string text) =>
        TryParse(text, out var pattern)
            ? pattern
            : throw new FormatException(
                $"'{text}' is not a topic pattern: tokens are separated by dots and hold no white space; '*' stands alone for one token, "
                + "'>' alone and last for one or more.");

    /// <summary>Reads a pattern if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <returns>True when it is one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TopicPattern? pattern)
    {
        pattern = null;
        var parts = text is { Length: > 0 } ? text.Split('.') : [];
        for (var i = 0; i < parts.Length; i++)
        {
            var fits = parts[i] == "*" || (parts[i] == ">" && i == parts.Length - 1) || Topic.IsToken(parts[i]);
            if (!fits)
            {
                return false;
            }
        }

        pattern = parts.Length == 0 ? null : new TopicPattern(text!);
        return pattern is not null;
    }

    /// <summary>Whether a topic fits the pattern.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>True when it fits.</returns>
    public bool Matches(ReadOnlySpan<char> topic)
    {
        var position = 0;
        foreach (var range in topic.Split('.'))
        {
            var part = topic[range];
            if (position == tokens.Length || part.IsEmpty)
            {
                return false;
            }

            if (tokens[position] == ">")
            {
                return true;
            }

            if (tokens[position] != "*" && !part.SequenceEqual(tokens[position]))
            {
                return false;
            }

            position++;
        }

        return position == tokens.Length;
    }

    /// <inheritdoc/>
    public bool Equals(TopicPattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pattern as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;

    static TopicPattern IParsable<TopicPattern>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<TopicPattern>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out TopicPattern result) =>
        TryParse(s, out result);
}
