namespace Decnet.Fleet.Docker.Api;

using System.Text;

/// <summary>Makes lines of bytes that come in parts. A line that is too long is given in pieces.</summary>
internal sealed class LineSplitter
{
    /// <summary>The longest line in bytes, as long as the engine's own parts of one.</summary>
    internal const int LongestLine = 16 * 1024;

    readonly byte[] line = new byte[LongestLine];
    int length;

    internal List<string> Add(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var wanted = end < 0 ? bytes.Length : end;
            var count = Math.Min(wanted, LongestLine - length);
            bytes[..count].CopyTo(line.AsSpan(length));
            length += count;
            if (count < wanted)
            {
                lines.Add(Take(WholeCharacters()));
                bytes = bytes[count..];
            }
            else
            {
                bytes = bytes[(end < 0 ? count : count + 1)..];
                if (end >= 0)
                {
                    lines.Add(Take(length));
                }
            }
        }

        return lines;
    }

    /// <summary>What came after the last end of a line; null for nothing.</summary>
    internal string? Rest() => length == 0 ? null : Take(length);

    string Take(int count)
    {
        var text = Encoding.UTF8.GetString(line, 0, count);
        line.AsSpan(count, length - count).CopyTo(line);
        length -= count;
        return text.EndsWith('\r') ? text[..^1] : text;
    }

    /// <summary>The length without the beginning of a character whose other bytes are still to come.</summary>
    int WholeCharacters()
    {
        var start = length - 1;
        while (start > length - 4 && (line[start] & 0xC0) == 0x80)
        {
            start--;
        }

        return line[start] >= 0xC0 ? start : length;
    }
}
