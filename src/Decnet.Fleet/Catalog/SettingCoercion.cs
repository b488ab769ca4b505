namespace Decnet.Fleet.Catalog;

using System.Globalization;
using System.Text;
using System.Text.Json;
using Decnet.Fleet.Model;

/// <summary>Fits a value to the type of its field. Messages never show the value of a secret field.</summary>
internal static class SettingCoercion
{
    const string Base64Mark = "b64:";

    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Fits a value that is set.</summary>
    /// <returns>The fitting value, or why there is none.</returns>
    internal static (SettingValue? Value, SettingFault? Fault) Fit(ConfigField field, SettingValue value)
    {
        if (value.Kind == SettingKind.List && field.Type != ConfigFieldType.MultiEnum)
        {
            return Fail("is a list", "write one value");
        }

        return field.Type switch
        {
            ConfigFieldType.Int => Number(field, value),
            ConfigFieldType.Bool => Boolean(field, value),
            ConfigFieldType.Textarea => Lines(value.ToString()),
            ConfigFieldType.Enum => Choice(field, value.ToString()),
            ConfigFieldType.MultiEnum => Choices(field, value),
            _ => Line(value.ToString()),
        };
    }

    static (SettingValue?, SettingFault?) Line(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
            ? (SettingValue.Of(text), null)
            : Fail("has more than one line", "write it on one line");

    static (SettingValue?, SettingFault?) Lines(string text)
    {
        if (text.StartsWith(Base64Mark, StringComparison.Ordinal))
        {
            try
            {
                text = StrictUtf8.GetString(Convert.FromBase64String(text[Base64Mark.Length..]));
            }
            catch (Exception error) when (error is FormatException or DecoderFallbackException)
            {
                return Fail("starts with 'b64:', but what follows is not base64 of UTF-8 text", "write the text itself, or encode it anew");
            }
        }

        return text.Contains('\0', StringComparison.Ordinal)
            ? Fail("holds a NUL character, which no environment variable can", "remove it")
            : (SettingValue.Of(text), null);
    }

    static (SettingValue?, SettingFault?) Number(ConfigField field, SettingValue value)
    {
        long number = 0;
        var whole = value.Kind switch
        {
            SettingKind.Integer => (number = value.Integer) == number,
            SettingKind.Text => long.TryParse(
                value.ToString().AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (!whole)
        {
            return Fail($"is {Show(field, value)}, not a whole number", "write decimal digits only, such as 25");
        }

        return number < field.Minimum || number > field.Maximum
            ? Fail($"is {Show(field, value)}, out of range", $"use {Range(field)}")
            : (SettingValue.Of(number), null);
    }

    static string Range(ConfigField field) => (field.Minimum, field.Maximum) switch
    {
        ({ } low, { } high) => $"{low} to {high}",
        ({ } low, null) => $"{low} or more",
        (_, var high) => $"{high} or less",
    };

    static (SettingValue?, SettingFault?) Boolean(ConfigField field, SettingValue value) =>
        value.ToString().Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "1" => (SettingValue.Of(true), null),
            "false" or "no" or "off" or "0" => (SettingValue.Of(false), null),
            _ => Fail($"is {Show(field, value)}, neither true nor false", "use true or false (also yes, no, on, off, 1, 0)"),
        };

    static (SettingValue?, SettingFault?) Choice(ConfigField field, string text)
    {
        if (field.Choices.Count == 0)
        {
            return Line(text);
        }

        return Canonical(field, text) is { } choice
            ? (SettingValue.Of(choice), null)
            : Fail($"is '{text}', which is none of its choices", Suggestion.Fix(text, field.Choices));
    }

    static (SettingValue?, SettingFault?) Choices(ConfigField field, SettingValue value)
    {
        if (Split(value) is not { } items)
        {
            return Fail($"is {Show(field, value)}, not a list", "write its choices with commas between, or a JSON list of texts");
        }

        var chosen = new List<string>();
        foreach (var item in items)
        {
            if (Canonical(field, item) is not { } choice)
            {
                return Fail($"holds '{item}', which is none of its choices", Suggestion.Fix(item, field.Choices));
            }

            if (!chosen.Contains(choice, StringComparer.Ordinal))
            {
                chosen.Add(choice);
            }
        }

        return chosen.Count == 0
            ? Fail("is an empty list", $"choose at least one of {field.Choices}, or leave the setting out")
            : (SettingValue.Of([.. chosen]), null);
    }

    static IEnumerable<string>? Split(SettingValue value)
    {
        if (value.Kind == SettingKind.List)
        {
            return value.List;
        }

        var text = value.ToString().Trim();
        if (!text.StartsWith('['))
        {
            return value.Kind == SettingKind.Text ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return RawSetting.Read(document.RootElement)!.List;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }

    static string? Canonical(ConfigField field, string text) =>
        field.Choices.Count == 0
            ? text
            : field.Choices.FirstOrDefault(choice => string.Equals(choice, text.Trim(), StringComparison.OrdinalIgnoreCase));

    static string Show(ConfigField field, SettingValue value) => field.Secret || field.Type == ConfigFieldType.Password ? "a hidden value" : $"'{value}'";

    static (SettingValue?, SettingFault?) Fail(string problem, string fix) => (null, new SettingFault(problem, fix));
}
