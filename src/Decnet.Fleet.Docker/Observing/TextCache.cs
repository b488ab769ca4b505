namespace Decnet.Fleet.Docker.Observing;

using System.Buffers.Binary;
using System.Numerics;
using System.Text;

/// <summary>
/// Texts by their bytes in UTF-8, so that a listing makes no new text for what an earlier one showed. Texts that two
/// listings in a row do not show are forgotten. Not for several threads at once.
/// </summary>
internal sealed class TextCache
{
    const int SmallestSize = 64;

    Entry[] entries = new Entry[SmallestSize];
    int count;
    int round = 1;

    /// <summary>How many texts are kept.</summary>
    internal int Count => count;

    internal string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        var hash = HashOf(utf8);
        var index = hash & (entries.Length - 1);
        for (; entries[index].Text is { } known; index = (index + 1) & (entries.Length - 1))
        {
            if (entries[index].Hash == hash && Ascii.Equals(utf8, known))
            {
                entries[index].Round = round;
                return known;
            }
        }

        var text = Encoding.UTF8.GetString(utf8);
        if (Ascii.IsValid(utf8))
        {
            entries[index] = new Entry(text, hash, round);
            count++;
            if (count * 2 > entries.Length)
            {
                Rebuild(entries.Length * 2, 0);
            }
        }

        return text;
    }

    /// <summary>Ends a listing.</summary>
    internal void EndRound()
    {
        var used = 0;
        foreach (var entry in entries)
        {
            used += entry.Text is not null && entry.Round == round ? 1 : 0;
        }

        if (used < count)
        {
            var size = SmallestSize;
            while (size < used * 2 + 1)
            {
                size *= 2;
            }

            Rebuild(size, round);
        }

        round++;
    }

    /// <summary>Fast rather than strong: who could make texts meet may make containers on the engine, and has better means.</summary>
    static int HashOf(ReadOnlySpan<byte> utf8)
    {
        const ulong multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length;
        for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * multiplier;
        }

        foreach (var value in utf8)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ value) * multiplier;
        }

        return (int)(hash >> 32);
    }

    void Rebuild(int size, int oldestRound)
    {
        var old = entries;
        entries = new Entry[size];
        count = 0;
        foreach (var entry in old)
        {
            if (entry.Text is null || entry.Round < oldestRound)
            {
                continue;
            }

            var index = entry.Hash & (size - 1);
            while (entries[index].Text is not null)
            {
                index = (index + 1) & (size - 1);
            }

            entries[index] = entry;
            count++;
        }
    }

    record struct Entry(string? Text, int Hash, int Round);
}
