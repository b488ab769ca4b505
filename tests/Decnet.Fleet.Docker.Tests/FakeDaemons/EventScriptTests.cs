namespace Decnet.Fleet.Docker.Tests.FakeDaemons;

using System.Text.Json;
using Decnet.FakeDaemon;
using Decnet.FakeDaemon.Events;
using Decnet.Testing;
using Xunit;

public sealed class EventScriptTests
{
    // What an engine 20.10 sent.
    const string Recorded =
        """{"status":"create","id":"923c","from":"busybox:1.36","Type":"container","Action":"create","Actor":{"ID":"923c","Attributes":{"com.docker.compose.project":"decnet","decnet.fleet.decky":"web-01","image":"busybox:1.36","name":"web-01-ssh"}},"scope":"local","time":1795242943,"timeNano":1795242943799467774}""";

    static readonly FakeEvent _created = FakeEvent.Of(
        "create", "923c", "web-01-ssh", new("decnet.fleet.decky", "web-01"), new("com.docker.compose.project", "decnet")) with
    {
        TimeNano = 1795242943799467774,
    };

    [Fact]
    public async Task Old_versions_get_the_fields_of_old_and_new_ones_do_not()
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = "1.52" });
        var script = Play(daemon);
        using var old = await StreamAsync(daemon, "/v1.51/events");
        using var current = await StreamAsync(daemon, "/v1.52/events");

        script.Push(_created);
        script.End();

        Assert.Equal(Recorded + "\n", await old.Content.ReadAsStringAsync());
        Assert.Equal("{" + Recorded[Recorded.IndexOf("\"Type\"", StringComparison.Ordinal)..] + "\n", await current.Content.ReadAsStringAsync());
        Assert.All(script.Subscriptions, subscription => Assert.False(subscription.IsOpen));
    }

    [Fact]
    public async Task Networks_have_no_fields_of_old()
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = "1.41" });
        var script = Play(daemon);
        using var stream = await StreamAsync(daemon, "/events");

        script.Push(new FakeEvent { Type = "network", Action = "connect", ActorId = "690e" });
        script.End();

        Assert.StartsWith("{\"Type\":\"network\",\"Action\":\"connect\",\"Actor\":{\"ID\":\"690e\"", await stream.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("1.41", "application/json-seq", "application/json", EventFraming.Lines)]
    [InlineData("1.52", null, "application/json", EventFraming.Lines)]
    [InlineData("1.52", "application/jsonl, application/json-seq", "application/json-seq", EventFraming.Sequence)]
    [InlineData("1.52", "application/json-seq;q=0.5, application/x-ndjson", "application/x-ndjson", EventFraming.Lines)]
    [InlineData("1.53", null, "application/jsonl", EventFraming.Lines)]
    [InlineData("1.53", "application/json-seq", "application/json-seq", EventFraming.Sequence)]
    public async Task Framing_is_negotiated_as_the_release_does(string api, string? accept, string type, EventFraming framing)
    {
        await using var daemon = FakeDaemon.Start(new() { ApiVersion = api });
        var script = Play(daemon);
        using var stream = await StreamAsync(daemon, "/events", accept);

        script.Push(_created);
        script.End();
        var text = await stream.Content.ReadAsStringAsync();

        Assert.Equal(type, stream.Content.Headers.ContentType?.MediaType);
        Assert.Equal(framing, script.Subscriptions[0].Framing);
        Assert.Equal(framing == EventFraming.Sequence, text.StartsWith('\u001e'));
        Assert.EndsWith("}\n", text);
    }

    [Fact]
    public async Task Chunks_hold_one_event_several_or_a_part()
    {
        await using var daemon = FakeDaemon.Start();
        var script = new EventScript(EventFraming.None);
        daemon.On("GET", "/events", script.Answer);
        using var socket = await UnixHttp.ConnectAsync(daemon);
        var reading = UnixHttp.ReadsAsync(socket, "GET /events HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
        await script.SubscribedAsync();

        script.Push(_created);
        script.PushTogether(_created, _created);
        script.PushSplit(_created, pieces: 4);
        script.PushRaw("{\"Ty"u8.ToArray());
        script.End();
        var chunks = Chunks(string.Concat(await reading));

        Assert.Equal([Recorded, Recorded + Recorded], chunks[..2]);
        Assert.Equal(4, chunks.Count - 3);
        Assert.Equal(Recorded, string.Concat(chunks[2..6]));
        Assert.Equal("{\"Ty", chunks[6]);
    }

    [Fact]
    public async Task A_cut_stream_has_its_events_but_no_end()
    {
        await using var daemon = FakeDaemon.Start();
        var script = Play(daemon);
        using var stream = await StreamAsync(daemon, "/events");

        script.Push(_created);
        script.Cut();
        using var body = new StreamReader(await stream.Content.ReadAsStreamAsync());

        Assert.Equal(Recorded, await body.ReadLineAsync());
        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadLineAsync());
        Assert.Empty(daemon.Failures);
    }

    [Fact]
    public async Task Since_brings_what_was_missed_and_is_recorded_with_the_filters()
    {
        await using var daemon = FakeDaemon.Start();
        var script = Play(daemon);
        var before = script.Push(FakeEvent.Of("start", "1", "a"), FakeEvent.Of("die", "2", "b"), FakeEvent.Of("start", "3", "c"));
        var since = $"{before[1].TimeNano / 1_000_000_000}.{before[1].TimeNano % 1_000_000_000:d9}";

        using var stream = await StreamAsync(daemon, $"/events?since={since}&filters=%7B%22type%22%3A%5B%22container%22%5D%7D");
        using var fresh = await StreamAsync(daemon, "/events");
        script.ForgetPast();
        using var late = await StreamAsync(daemon, "/events?since=0");
        script.End();

        var lines = (await stream.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["2", "3"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()));
        Assert.Equal("", await fresh.Content.ReadAsStringAsync());
        Assert.Equal("", await late.Content.ReadAsStringAsync());
        Assert.Equal((since, "{\"type\":[\"container\"]}"), (script.Subscriptions[0].Since, script.Subscriptions[0].Filters));
        Assert.Null(script.Subscriptions[1].Since);
    }

    [Fact]
    public void Times_only_rise()
    {
        var script = new EventScript();

        var times = Enumerable.Range(0, 300).Select(_ => script.Push(FakeEvent.Of("die", "1", "a"))[0].TimeNano).ToArray();

        Assert.Equal(times.Order().Distinct(), times);
    }

    [Fact]
    public async Task A_subscriber_that_goes_is_noticed()
    {
        await using var daemon = FakeDaemon.Start();
        var script = Play(daemon);
        var stream = await StreamAsync(daemon, "/events");
        var subscription = await script.SubscribedAsync();
        Assert.True(subscription.IsOpen);

        stream.Dispose();

        await Eventually.TrueAsync(() => Task.FromResult(!subscription.IsOpen && daemon.OpenConnections == 0));
    }

    [Fact]
    public async Task An_engine_that_stops_ends_its_subscriptions()
    {
        await using var daemon = FakeDaemon.Start();
        var script = Play(daemon);
        using var stream = await StreamAsync(daemon, "/events");

        await daemon.StopListeningAsync();

        Assert.False(script.Subscriptions[0].IsOpen);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stream.Content.ReadAsStringAsync());
    }

    static EventScript Play(FakeDaemon daemon)
    {
        var script = new EventScript();
        daemon.On("GET", "/events", script.Answer);
        return script;
    }

    static async Task<HttpResponseMessage> StreamAsync(FakeDaemon daemon, string path, string? accept = null)
    {
        var client = UnixHttp.Client(daemon);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    static List<string> Chunks(string response)
    {
        var rest = response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var chunks = new List<string>();
        while (Convert.ToInt32(rest[..rest.IndexOf('\r')], 16) is var size and > 0)
        {
            var start = rest.IndexOf('\n') + 1;
            chunks.Add(rest.Substring(start, size));
            rest = rest[(start + size + 2)..];
        }

        return chunks;
    }
}
