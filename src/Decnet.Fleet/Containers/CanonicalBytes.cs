namespace Decnet.Fleet.Containers;

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Model;

/// <summary>
/// Values as bytes, so that equal values give equal bytes and different ones different bytes: texts carry their length, lists
/// and maps their count, and the entries of a map are sorted by key.
/// </summary>
internal sealed class CanonicalBytes
{
    readonly List<KeyValuePair<string, string>> sorted = [];
    byte[] buffer = new byte[2048];
    int length;

    internal CanonicalBytes Add(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), number);
        length += sizeof(int);
        return this;
    }

    internal CanonicalBytes Add(string? text)
    {
        if (text is null)
        {
            return Add(-1);
        }

        var room = Room(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var count = Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(room, count);
        length += sizeof(int) + count;
        return this;
    }

    internal CanonicalBytes Add(ValueList<string> texts)
    {
        Add(texts.Count);
        foreach (var text in texts)
        {
            Add(text);
        }

        return this;
    }

    internal CanonicalBytes Add(ValueMap<string> map)
    {
        Add(map.Count);
        sorted.Clear();
        foreach (var entry in map)
        {
            sorted.Add(entry);
        }

        sorted.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        foreach (var (key, value) in sorted)
        {
            Add(key).Add(value);
        }

        return this;
    }

    internal CanonicalBytes Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
        length += bytes.Length;
        return this;
    }

    /// <summary>The SHA-256 of what was added, as 64 lower-case hexadecimal digits; what was added is forgotten.</summary>
    internal string TakeHash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        length = 0;
        return Convert.ToHexStringLower(hash);
    }

    Span<byte> Room(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }

        return buffer.AsSpan(length);
    }
}
