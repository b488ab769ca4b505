namespace Decnet.Fleet.Model;

using System.Collections;
using System.Runtime.CompilerServices;

/// <summary>Makes <see cref="ValueList{T}"/> instances; the target of collection expressions.</summary>
public static class ValueList
{
    /// <summary>Copies elements into a list.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="items">The elements.</param>
    /// <returns>The list.</returns>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) =>
        items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>(items.ToArray());
}

/// <summary>
/// An immutable list that is equal to another one with equal elements in the same order, so that records that hold
/// lists compare by value.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    /// <summary>The list without elements.</summary>
    public static readonly ValueList<T> Empty = new([]);

    readonly T[] items;

    internal ValueList(T[] items) => this.items = items;

    /// <summary>How many elements there are.</summary>
    public int Count => items.Length;

    /// <summary>The element at a position counted from 0.</summary>
    /// <param name="index">The position.</param>
    public T this[int index] => items[index];

    /// <summary>The elements as a span, without copying.</summary>
    /// <returns>The span.</returns>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) =>
        other is not null && (ReferenceEquals(items, other.items) || items.AsSpan().SequenceEqual(other.items));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>Goes through the elements without allocating.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    /// <summary>The elements, separated by a comma and a blank.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(", ", items);

    /// <summary>Goes through the elements of a <see cref="ValueList{T}"/>.</summary>
    public struct Enumerator
    {
        readonly T[] items;
        int index;

        internal Enumerator(T[] items)
        {
            this.items = items;
            index = -1;
        }

        /// <summary>The element at the current position.</summary>
        public readonly T Current => items[index];

        /// <summary>Goes to the next element.</summary>
        /// <returns>False after the last one.</returns>
        public bool MoveNext() => ++index < items.Length;
    }
}
