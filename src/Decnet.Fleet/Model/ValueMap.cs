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

    /// <summary>The most entries that are searched one after the other. Most maps are small, and there are many of them.</summary>
    const int LongestScan = 8;

    readonly KeyValuePair<string, TValue>[] entries;

    /// <summary>The positions by key, made when a larger map is first searched. Making them twice does no harm.</summary>
    Dictionary<string, int>? positions;

    /// <summary>Copies entries into a map. A later entry with the same key wins, in the place of the earlier one.</summary>
    /// <param name="entries">The entries.</param>
    /// <exception cref="ArgumentNullException">There are no entries, or a key is null.</exception>
    public ValueMap(IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        this.entries = entries is ValueMap<TValue> other ? other.entries : WithoutRepetition([.. entries]);
    }

    /// <inheritdoc/>
    public int Count => entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => entries.Select(entry => entry.Value);

    /// <inheritdoc/>
    public TValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no key '{key}'.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var position = entries.Length <= LongestScan ? Scan(entries, key) : Search(key);
        value = position < 0 ? default : entries[position].Value;
        return position >= 0;
    }

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

    /// <summary>Goes through the entries without allocating.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(entries);

    IEnumerator<KeyValuePair<string, TValue>> IEnumerable<KeyValuePair<string, TValue>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, TValue>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    static KeyValuePair<string, TValue>[] WithoutRepetition(KeyValuePair<string, TValue>[] entries)
    {
        if (entries.Length > LongestScan)
        {
            var known = new OrderedDictionary<string, TValue>(entries.Length, StringComparer.Ordinal);
            foreach (var (key, value) in entries)
            {
                known[key] = value;
            }

            return known.Count == entries.Length ? entries : [.. known];
        }

        var count = 0;
        foreach (var entry in entries)
        {
            ArgumentNullException.ThrowIfNull(entry.Key, nameof(entries));
            var position = Scan(entries.AsSpan(0, count), entry.Key);
            entries[position < 0 ? count++ : position] = entry;
        }

        return count == entries.Length ? entries : entries[..count];
    }

    static int Scan(ReadOnlySpan<KeyValuePair<string, TValue>> entries, string key)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    int Search(string key)
    {
        if (positions is null)
        {
            var made = new Dictionary<string, int>(entries.Length, StringComparer.Ordinal);
            for (var i = 0; i < entries.Length; i++)
            {
                made.Add(entries[i].Key, i);
            }

            positions = made;
        }

        return positions.TryGetValue(key, out var position) ? position : -1;
    }

    /// <summary>Goes through the entries of a <see cref="ValueMap{TValue}"/>.</summary>
    public struct Enumerator
    {
        readonly KeyValuePair<string, TValue>[] entries;
        int index;

        internal Enumerator(KeyValuePair<string, TValue>[] entries)
        {
            this.entries = entries;
            index = -1;
        }

        /// <summary>The entry at the current position.</summary>
        public readonly KeyValuePair<string, TValue> Current => entries[index];

        /// <summary>Goes to the next entry.</summary>
        /// <returns>False after the last one.</returns>
        public bool MoveNext() => ++index < entries.Length;
    }
}
