namespace Decnet.Fleet.Catalog;

using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Decnet.Fleet.Model;

/// <summary>Turns what files and programs supply as a setting into one of the four kinds of <see cref="SettingValue"/>.</summary>
internal static class RawSetting
{
    /// <summary>Reads a value.</summary>
    /// <returns>The value; null when it is not set.</returns>
    /// <exception cref="FormatException">The value is of a type that no setting has.</exception>
    internal static SettingValue? Read(object? value) => value switch
    {
        null => null,
        SettingValue typed => typed,
        string text => SettingValue.Of(text),
        bool flag => SettingValue.Of(flag),
        byte or sbyte or short or ushort or int or uint or long => SettingValue.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float or decimal => SettingValue.Of(Fraction((IFormattable)value)),
        JsonElement json => Read(json),
        IDictionary map => SettingValue.Of(ToJson(map)),
        IEnumerable items => SettingValue.Of([.. items.Cast<object?>().Select(Element)]),
        _ => throw new FormatException($"a value of type {value.GetType().Name} cannot be a setting"),
    };

    static SettingValue? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => SettingValue.Of(json.GetBoolean()),
        JsonValueKind.String => SettingValue.Of(json.GetString()!),
        JsonValueKind.Number when json.TryGetInt64(out var number) => SettingValue.Of(number),
        JsonValueKind.Array => SettingValue.Of([.. json.EnumerateArray().Select(item => Element(item))]),
        _ => SettingValue.Of(json.GetRawText()),
    };

    static string Element(object? item) => Read(item) switch
    {
        { Kind: not SettingKind.List } value => value.ToString(),
        _ => throw new FormatException("an element of the list is null or a list itself"),
    };

    /// <summary>A fraction keeps a point, so that 5.0 does not turn into the whole number 5.</summary>
    static string Fraction(IFormattable number)
    {
        var text = number.ToString(null, CultureInfo.InvariantCulture);
        return text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }

    static string ToJson(IDictionary map)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (DictionaryEntry entry in map)
            {
                json.WriteString(Element(entry.Key), Element(entry.Value));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
