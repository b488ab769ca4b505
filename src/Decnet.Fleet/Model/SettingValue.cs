namespace Decnet.Fleet.Model;

using System.Globalization;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>One typed value of a service's configuration: text, whole number, boolean or list of texts.</summary>
[JsonConverter(typeof(SettingValueConverter))]
public sealed record SettingValue
{
    readonly string? text;
    readonly long number;
    readonly ValueList<string>? list;

    SettingValue(SettingKind kind, string? text, long number, ValueList<string>? list)
    {
        Kind = kind;
        this.text = text;
        this.number = number;
        this.list = list;
    }

    /// <summary>What the value is.</summary>
    public SettingKind Kind { get; }

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">The value is not a boolean.</exception>
    public bool Boolean => Kind == SettingKind.Boolean ? number != 0 : throw Not("a boolean");

    /// <summary>The whole number.</summary>
    /// <exception cref="InvalidOperationException">The value is not a whole number.</exception>
    public long Integer => Kind == SettingKind.Integer ? number : throw Not("a whole number");

    /// <summary>The list.</summary>
    /// <exception cref="InvalidOperationException">The value is not a list.</exception>
    public ValueList<string> List => list ?? throw Not("a list");

    /// <summary>Makes a text.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The value.</returns>
    public static SettingValue Of(string value) => new(SettingKind.Text, value, 0, null);

    /// <summary>Makes a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static SettingValue Of(long value) => new(SettingKind.Integer, null, value, null);

    /// <summary>Makes a boolean.</summary>
    /// <param name="value">The boolean.</param>
    /// <returns>The value.</returns>
    public static SettingValue Of(bool value) => new(SettingKind.Boolean, null, value ? 1 : 0, null);

    /// <summary>Makes a list.</summary>
    /// <param name="values">The elements.</param>
    /// <returns>The value.</returns>
    public static SettingValue Of(ValueList<string> values) => new(SettingKind.List, null, 0, values);

    /// <summary>The value as text: numbers in decimal, booleans as <c>true</c> and <c>false</c>, lists joined by commas.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Kind switch
    {
        SettingKind.Text => text!,
        SettingKind.Integer => number.ToString(CultureInfo.InvariantCulture),
        SettingKind.Boolean => number != 0 ? "true" : "false",
        _ => string.Join(',', list!),
    };

    InvalidOperationException Not(string wanted) => new($"The setting is {Token<SettingKind>.Of(Kind)}, not {wanted}.");
}
