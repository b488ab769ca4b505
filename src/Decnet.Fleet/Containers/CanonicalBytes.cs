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

        var count = Encoding.UTF8.GetByteCount(text);
        Add(count);
        length += Encoding.UTF8.GetBytes(text, Room(count));
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
        var keys = map.Keys.ToArray();
        Array.Sort(keys, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            Add(key).Add(map[key]);
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
