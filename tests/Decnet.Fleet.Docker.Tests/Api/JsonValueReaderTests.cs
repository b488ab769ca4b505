namespace Decnet.Fleet.Docker.Tests.Api;

using System.Text;
using System.Text.Json;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;

public sealed class JsonValueReaderTests
{
    const string First = """{"Type":"container","Action":"die","Actor":{"ID":"a","Attributes":{"name":"wéb-01 \"}{\" \\"}},"timeNano":1}""";
    const string Second = """{"Type":"network","Action":"connect","other":[{},[1,{"x":null}]],"timeNano":2}""";

    /// <summary>How the engine and what stands before it put values one after another.</summary>
    public static TheoryData<string, string> Formats => new()
    {
        { "", "" },
        { "", "\n" },
        { "", "\r\n" },
        { "\u001e", "\n" },
        { "\u001e", "" },
        { "\n \t", "\n\n" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Values_are_read_wherever_the_bytes_are_split(string before, string after)
    {
        var bytes = Encoding.UTF8.GetBytes(before + First + after + before + Second + after);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal([1, 2], await TimesAsync(new ChoppedStream(ChoppedStream.Cut(bytes, cut))));
        }

        Assert.Equal([1, 2], await TimesAsync(new ChoppedStream(bytes.Select(one => new[] { one }))));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_value_is_given_at_its_last_byte_whatever_of_the_next_one_is_there(string before, string after)
    {
        var first = Encoding.UTF8.GetBytes(before + First);
        var rest = Encoding.UTF8.GetBytes(after + before + Second);
        for (var cut = 1; cut < first.Length; cut++)
        {
            for (var more = 0; more < rest.Length; more += 7)
            {
                var stream = new ChoppedStream(ChoppedStream.Cut([.. first, .. rest[..more]], cut, first.Length), NeverAsync);
                var reader = Reader(stream);
                var value = reader.ReadAsync(TestContext.Current.CancellationToken);
                Assert.True(value.IsCompletedSuccessfully, $"Held back when split at {cut}.");
                Assert.Equal(1, (await value)!.TimeNano);
                Assert.Equal(2, stream.Reads);
            }
        }
    }

    [Fact]
    public async Task Text_in_values_survives_being_split()
    {
        foreach (var cut in Enumerable.Range(1, Encoding.UTF8.GetByteCount(First) - 1))
        {
            var value = await Reader(new ChoppedStream(ChoppedStream.Cut(Encoding.UTF8.GetBytes(First), cut))).ReadAsync(default);
            Assert.Equal("""wéb-01 "}{" \""", value!.Actor!.Attributes!["name"]);
        }
    }

    [Fact]
    public async Task A_stream_that_ends_in_a_value_is_an_error_at_every_place()
    {
        var bytes = Encoding.UTF8.GetBytes(First);
        for (var length = 1; length < bytes.Length; length++)
        {
            await Assert.ThrowsAsync<EndOfStreamException>(() => TimesAsync(new MemoryStream(bytes, 0, length)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\u001e")]
    public async Task Nothing_is_the_end(string text) => Assert.Empty(await TimesAsync(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData("<html>")]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData("5 6")]
    [InlineData("{]")]
    [InlineData("{\"a\":\u001e1}")]
    [InlineData("{\"Type\":7}")]
    [InlineData("{\"time\":\"soon\"}")]
    public async Task What_is_no_object_is_an_error(string text) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => TimesAsync(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public async Task A_value_without_end_is_given_up_and_a_long_one_is_not()
    {
        var text = new string('x', JsonValueReader<EngineEvent>.LongestValue - 100);
        Assert.Equal([9], await TimesAsync(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Type":"{{text}}","timeNano":9}"""))));

        var part = Encoding.UTF8.GetBytes(new string('x', 4000));
        var endless = new ChoppedStream(Enumerable.Repeat(part, 1000).Prepend("{\"Type\":[\""u8.ToArray()));
        await Assert.ThrowsAsync<InvalidDataException>(() => TimesAsync(endless));
        Assert.InRange(endless.Reads, 2, 300);
    }

    [Fact]
    public async Task Waiting_for_a_value_ends_with_the_caller()
    {
        using var caller = new CancellationTokenSource();
        var waiting = Reader(new ChoppedStream([Encoding.UTF8.GetBytes("{\"Ty")], NeverAsync)).ReadAsync(caller.Token);
        Assert.False(waiting.IsCompleted);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    static JsonValueReader<EngineEvent> Reader(Stream stream) => new(stream, EngineJsonContext.Default.EngineEvent);

    static async Task<List<long?>> TimesAsync(Stream stream)
    {
        var reader = Reader(stream);
        var times = new List<long?>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } value)
        {
            times.Add(value.TimeNano);
        }

        return times;
    }

    static async Task<int> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }
}
