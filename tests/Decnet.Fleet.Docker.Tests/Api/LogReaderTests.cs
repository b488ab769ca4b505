namespace Decnet.Fleet.Docker.Tests.Api;

using System.Buffers.Binary;
using System.Text;
using Decnet.Fleet.Docker.Api;

public sealed class LogReaderTests
{
    static readonly byte[] Framed =
    [
        .. Frame(1, "first\nsec"u8), .. Frame(2, "oops "u8), .. Frame(1, [.. "ond gr"u8, 0xC3]), .. Frame(2, "€\n"u8),
        .. Frame(1, [0xBC, .. "n\r\n"u8]), .. Frame(1, ""u8), .. Frame(0, "input\n"u8), .. Frame(1, "no end"u8),
    ];

    static readonly string[] Lines = ["1 first", "2 oops €", "1 second grün", "1 input", "1 no end"];

    [Fact]
    public async Task Frames_lines_and_characters_may_be_split_anywhere()
    {
        for (var cut = 1; cut < Framed.Length; cut++)
        {
            Assert.Equal(Lines, await ReadAsync(new ChoppedStream(ChoppedStream.Cut(Framed, cut)), framed: true));
        }

        Assert.Equal(Lines, await ReadAsync(new ChoppedStream(Framed.Select(one => new[] { one })), framed: true));
        Assert.Equal(Lines, await ReadAsync(new MemoryStream(Framed), framed: true));
    }

    [Fact]
    public async Task Output_of_a_terminal_has_no_frames()
    {
        var bytes = Encoding.UTF8.GetBytes("login: ü\r\n\r\n$ ");
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal(["1 login: ü", "1 ", "1 $ "], await ReadAsync(new ChoppedStream(ChoppedStream.Cut(bytes, cut)), framed: false));
        }
    }

    [Fact]
    public async Task A_line_is_given_in_pieces_of_bounded_length_that_keep_characters_whole()
    {
        var text = "x" + string.Concat(Enumerable.Repeat("ü€😀", 10_000));
        var lines = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text + "\nend\n")), framed: false);

        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 3, LineSplitter.LongestLine + 2));
        Assert.Equal(text + "end", string.Concat(lines.Select(line => line[2..])));
        Assert.Equal("1 end", lines[^1]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_do_not_end_the_reading() =>
        Assert.Equal(["1 \uFFFD\uFFFD", "1 after"], await ReadAsync(new MemoryStream([0xFF, 0xFE, (byte)'\n', .. "after\n"u8]), framed: false));

    [Fact]
    public async Task A_stream_that_ends_in_a_frame_is_an_error_at_every_place()
    {
        byte[] bytes = [.. Frame(1, "a\n"u8), .. Frame(2, "b\n"u8)];
        for (var length = 1; length < bytes.Length; length++)
        {
            if (length != bytes.Length / 2)
            {
                await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(new MemoryStream(bytes, 0, length), framed: true));
            }
        }
    }

    [Theory]
    [InlineData("plain text that is no frame")]
    [InlineData("\u0001x\0\0\0\0\0\u0001a")]
    [InlineData("\u0004\0\0\0\0\0\0\u0001a")]
    public async Task What_is_no_frame_is_an_error(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), framed: true));

    [Fact]
    public async Task The_engines_own_words_in_the_stream_are_an_error()
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => ReadAsync(new MemoryStream([.. Frame(1, "a\n"u8), .. Frame(3, "Error grabbing logs: gone\n"u8)]), framed: true));
        Assert.Contains("Error grabbing logs: gone", error.Message, StringComparison.Ordinal);
    }

    internal static byte[] Frame(byte stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[8 + payload.Length];
        frame[0] = stream;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)payload.Length);
        payload.CopyTo(frame.AsSpan(8));
        return frame;
    }

    static async Task<List<string>> ReadAsync(Stream stream, bool framed)
    {
        var reader = new LogReader(stream, framed);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add($"{(line.Stream == LogStream.Errors ? 2 : 1)} {line.Text}");
        }

        return lines;
    }
}
