namespace Decnet.Daemon.Tests.Commands;

using Decnet.Daemon.Tests.Support;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class EventsCommandTests : IDisposable
{
    readonly Lab lab = new();

    [Fact]
    public async Task The_newest_events_are_shown_in_their_order()
    {
        await AnnounceAsync("a.b", "c.d", "a.b");

        var shown = await lab.RunAsync("events", "--last", "2");

        Assert.Equal(0, shown.Code);
        Assert.Equal(2, shown.Lines.Length);
        Assert.StartsWith("     2  ", shown.Lines[0], StringComparison.Ordinal);
        Assert.Contains("c.d", shown.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("     3  ", shown.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_and_a_position_choose_events()
    {
        await AnnounceAsync("a.b", "c.d", "a.b", "a.e");

        var shown = await lab.RunAsync("events", "--topic", "a.*", "--after", "1", "--json");

        Assert.Equal([3, 4], shown.Json.Select(line => line.GetProperty("sequence").GetInt64()));
        Assert.Equal(1, shown.Json[0].GetProperty("payload").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Following_shows_what_was_and_what_comes_until_it_is_stopped()
    {
        await AnnounceAsync("a.b");
        using var stop = new CancellationTokenSource();
        var console = new TestConsole();

        var following = lab.RunAsync(["events", "--follow", "--json"], console, cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => Task.FromResult(console.Out.Contains("a.b", StringComparison.Ordinal)));
        await AnnounceAsync("later.one");
        await Eventually.TrueAsync(() => Task.FromResult(console.Out.Contains("later.one", StringComparison.Ordinal)));
        await stop.CancelAsync();

        Assert.Equal(0, (await following).Code);
        Assert.Equal(2, (await following).Lines.Length);
    }

    [Fact]
    public async Task Looking_makes_nothing()
    {
        var shown = await lab.RunAsync("events");

        Assert.Equal((0, "", ""), (shown.Code, shown.Output, shown.Errors));
        Assert.False(Directory.Exists(lab.State.Path));
    }

    [Fact]
    public async Task Following_a_store_that_is_not_there_is_refused()
    {
        var refused = await lab.RunAsync("events", "--follow");

        Assert.Equal(2, refused.Code);
        Assert.Contains(lab.State.Path, refused.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => lab.Dispose();

    async Task AnnounceAsync(params string[] topics)
    {
        await using var store = await lab.OpenStoreAsync();
        foreach (var topic in topics)
        {
            await store.CommitAsync([new StateChange.Announce { Events = [new EventDraft(topic, "test", """{"n":1}""")] }], Sample.Now.AddYears(10));
        }
    }
}
