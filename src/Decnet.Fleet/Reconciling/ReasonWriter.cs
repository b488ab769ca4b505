namespace Decnet.Fleet.Reconciling;

/// <summary>
/// Writes the reason of a state into a buffer of the caller, so that an unchanged reason is recognised without making a
/// text. Parts are separated by semicolons; what does not fit is cut.
/// </summary>
internal ref struct ReasonWriter(Span<char> buffer)
{
    internal const int Capacity = 400;

    readonly Span<char> buffer = buffer;
    int length;

    internal readonly ReadOnlySpan<char> Written => buffer[..length];

    internal void Clear() => length = 0;

    internal void Add(string decky, string? service, ReadOnlySpan<char> problem)
    {
        if (length > 0)
        {
            Append("; ");
        }

        Append(decky);
        if (service is not null)
        {
            Append("-");
            var start = length;
            Append(service);
            buffer[start..length].Replace('_', '-');
        }

        Append(problem);
    }

    internal void Append(ReadOnlySpan<char> text)
    {
        var fitting = text[..Math.Min(text.Length, buffer.Length - length)];
        fitting.CopyTo(buffer[length..]);
        length += fitting.Length;
    }

    internal void Append(int number)
    {
        if (number.TryFormat(buffer[length..], out var written))
        {
            length += written;
        }
    }

    /// <summary>The reason as a text; the given one when it says the same; null when there is none.</summary>
    internal readonly string? ToText(string? known) =>
        length == 0 ? null : known is not null && Written.SequenceEqual(known) ? known : Written.ToString();
}
