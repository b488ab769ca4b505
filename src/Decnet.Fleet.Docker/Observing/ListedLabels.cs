namespace Decnet.Fleet.Docker.Observing;

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Decnet.Fleet.Containers;

/// <summary>Those labels of one container that can tell what it is. One instance serves all containers of a listing, one after the other.</summary>
internal sealed class ListedLabels : IReadOnlyDictionary<string, string>
{
    static readonly string[] Wanted =
    [
        DecnetLabels.ComposeProject, DecnetLabels.ComposeService, DecnetLabels.ComposeConfigHash, DecnetLabels.ComposeOneOff,
        DecnetLabels.Decky, DecnetLabels.ServiceName, DecnetLabels.Role, DecnetLabels.Host,
    ];

    static readonly byte[][] WantedUtf8 = [.. Wanted.Select(Encoding.UTF8.GetBytes)];

    readonly string?[] values = new string?[Wanted.Length];

    public int Count => values.Count(value => value is not null);

    public IEnumerable<string> Keys => this.Select(label => label.Key);

    public IEnumerable<string> Values => this.Select(label => label.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no label '{key}'.");

    /// <summary>The position of a label; negative when nobody asks for it.</summary>
    internal static int PositionOf(ReadOnlySpan<byte> key)
    {
        for (var position = 0; position < WantedUtf8.Length; position++)
        {
            if (key.SequenceEqual(WantedUtf8[position]))
            {
                return position;
            }
        }

        return -1;
    }

    internal void Set(int position, string value) => values[position] = value;

    internal void Clear() => Array.Clear(values);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var position = Array.IndexOf(Wanted, key);
        value = position < 0 ? null : values[position];
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var position = 0; position < Wanted.Length; position++)
        {
            if (values[position] is { } value)
            {
                yield return new(Wanted[position], value);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
