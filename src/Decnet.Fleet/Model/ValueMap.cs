namespace Decnet.Fleet.Model;

using System.Collections;
using System.Diagnostics.CodeAnalysis;

/// <summary>
/// An immutable map with text keys, compared ordinally, that keeps the order of its entries and is equal to another one
/// with the same keys and equal values in any order.
/// </summary>
/// <typeparam name="TValue">The value type.</typeparam>
public sealed class ValueMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<ValueMap<TValue>>
{
    /// <summary>The map without entries.</summary>
    public static readonly ValueMap<TValue> Empty = new([]);

    readonly OrderedDictionary<string, TValue> entries;

    /// <summary>Copies entries into a map. A later entry with the same key wins.</summary>
    /// <param name="entries">The entries.</param>
    public ValueMap(IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        this.entries = new OrderedDictionary<string, TValue>(entries.TryGetNonEnumeratedCount(out var count) ? count : 0, StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            this.entries[key] = value;
        }
    }

    /// <inheritdoc/>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => entries.Values;

    /// <inheritdoc/>
    public TValue this[string key] => entries[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value) => entries.TryGetValue(key, out value);

    /// <summary>The map with one entry set.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <returns>A new map.</returns>
    public ValueMap<TValue> With(string key, TValue value) =>
        new(entries.Append(new KeyValuePair<string, TValue>(key, value)));

    /// <inheritdoc/>
    public bool Equals(ValueMap<TValue>? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach (var (key, value) in entries)
        {
            if (!other.TryGetValue(key, out var theirs) || !EqualityComparer<TValue>.Default.Equals(value, theirs))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap<TValue>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Addition does not depend on the order of the entries, as equality does not.
        var hash = Count;
        foreach (var (key, value) in entries)
        {
            hash += HashCode.Combine(key.GetHashCode(StringComparison.Ordinal), value);
        }

        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
