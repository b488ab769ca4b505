namespace Decnet.Fleet.Docker.Tests.Api;

using System.Diagnostics;
using System.Text;
using Decnet.FakeDaemon;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Transport;
using Decnet.Testing;

/// <summary>Many calls with many outcomes: each ends in time, in one of two ways, and none leaves anything behind.</summary>
[Collection(nameof(AloneCollection))]
public sealed class EnduranceTests
{
    static readonly EngineTimeouts Timeouts = new()
    {
        Query = TimeSpan.FromMilliseconds(100),
        Change = TimeSpan.FromMilliseconds(100),
        Silence = TimeSpan.FromMilliseconds(100),
    };

    static readonly Func<EngineClient, CancellationToken, Task>[] Calls =
    [
        (client, token) => client.System.PingAsync(token),
        (client, token) => client.System.VersionAsync(token),
        (client, token) => client.Networks.ListAsync("{}", token),
        (client, token) => client.Networks.CreateAsync(new NetworkCreate { Name = "n", Driver = "bridge" }, token),
        (client, token) => client.Containers.InspectAsync("a", token),
        (client, token) => client.Containers.CreateAsync(new ContainerCreate { Image = "x" }, "web-01", token),
        (client, token) => client.Containers.StartAsync("a", token),
        (client, token) => client.Containers.RemoveAsync("a", token),
        (client, token) => client.Images.InspectAsync("x", token),
        async (client, token) => await client.Images.PullAsync("x", null, token).ToListAsync(token),
        async (client, token) => await client.Containers.LogsAsync("a", new LogQuery(), token).ToListAsync(token),
        async (client, token) => await client.System.EventsAsync(null, null, cancellationToken: token).FirstOrDefaultAsync(token),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_an_engine_answers_is_a_value_or_an_error_of_the_engine_in_time(int seed)
    {
        var random = new Random(seed);
        var gate = new Lock();
        await using var engine = FakeEngine.Start(timeouts: Timeouts, transport: new TransportOptions { MaxConnections = 4 });
        engine.Daemon.On("*", "*", _ =>
        {
            lock (gate)
            {
                return Reply(random);
            }
        });
        var outcomes = new Dictionary<string, int>();
        for (var call = 0; call < 250; call++)
        {
            var index = random.Next(Calls.Length);
            // Events may be silent for ever, so that only their caller ends them.
            using var caller = new CancellationTokenSource(index == Calls.Length - 1 ? TimeSpan.FromMilliseconds(200) : Timeout.InfiniteTimeSpan);
            var started = Stopwatch.GetTimestamp();
            var outcome = await OutcomeAsync(Calls[index](engine.Client, caller.Token), caller.Token);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            var took = Stopwatch.GetElapsedTime(started);
            Assert.True(took < TimeSpan.FromSeconds(30), $"Call {call} of seed {seed} took {took}.");
        }

        Assert.True(outcomes.Count >= 6, string.Join(", ", outcomes));
        await Eventually.TrueAsync(() => Task.FromResult(engine.Daemon.OpenConnections <= 4));
    }

    [Fact]
    public async Task Two_thousand_calls_leave_the_connections_of_the_pool_and_its_end_leaves_none()
    {
        var large = FakeReply.Json($$"""{"Id":"{{new string('x', 100_000)}}"}""");
        await using var engine = FakeEngine.Start(timeouts: Timeouts, transport: new TransportOptions { MaxConnections = 8 })
            .On("GET", "/containers/a/json", FakeReply.Json("{}"), FakeReply.Error(404, "gone"), large)
            .On("GET", "/images/x/json", FakeReply.Html(502), large.Truncated(50), FakeReply.Reset, FakeReply.Error(500, new string('x', 100_000)))
            .On("POST", "/containers/a/start", FakeReply.NotModified, FakeReply.NoContent)
            .On("POST", "/images/create", FakeReply.Json("{}{}").Chunked())
            .On("GET", "/networks", FakeReply.Json("[]"), large.StallAfter(100), FakeReply.Json("[]"));
        Func<EngineClient, CancellationToken, Task>[] mixed = [Calls[2], Calls[4], Calls[6], Calls[8], Calls[9]];
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (call, _) =>
        {
            using var caller = new CancellationTokenSource(call % 100 == 99 ? TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan);
            await OutcomeAsync(mixed[call % mixed.Length](engine.Client, caller.Token), caller.Token);
        });

        Assert.InRange(engine.Daemon.OpenConnections, 0, 8);
        engine.Client.Dispose();
        await Eventually.TrueAsync(() => Task.FromResult(engine.Daemon.OpenConnections == 0));
    }

    static async Task<string> OutcomeAsync(Task call, CancellationToken caller)
    {
        try
        {
            await call.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
            return "done";
        }
        catch (DockerEngineException error)
        {
            Assert.InRange(error.Message.Length, 20, 1300);
            Assert.DoesNotContain(error.Message, char.IsControl);
            return error.Error.ToString();
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == caller)
        {
            return "cancelled";
        }
    }

    static FakeReply Reply(Random random)
    {
        var body = random.Next(7) switch
        {
            0 => "{}",
            1 => "[]",
            2 => "null",
            3 => """{"Id":"a","Version":"1","Type":"container","Config":{"Tty":true}}""",
            4 => """{"status":"Downloading"}{"errorDetail":{"code":404,"message":"x"}}""",
            5 => new string((char)random.Next(32, 127), random.Next(1, 100_000)),
            _ => Encoding.Latin1.GetString(Garbage(random)),
        };
        int[] statuses = [200, 200, 200, 201, 204, 301, 304, 400, 401, 404, 409, 429, 500, 503];
        var status = statuses[random.Next(statuses.Length)];
        if (status is 204 or 304)
        {
            return new FakeReply { Status = status };
        }

        var reply = random.Next(4) == 0 ? FakeReply.Html(status, body) : FakeReply.Json(body, status);
        reply = random.Next(3) == 0 ? reply.Chunked() : random.Next(6) == 0 ? reply.WithoutContentLength() : reply;
        reply = random.Next(5) == 0 ? reply.SplitEvery(random.Next(1, 5000)) : reply;
        var place = random.Next(body.Length);
        return random.Next(16) switch
        {
            0 => reply.Truncated(place),
            1 => reply.ResetAfter(place),
            2 => reply.StallAfter(place),
            3 => reply.CloseAfter(),
            4 => FakeReply.Reset,
            5 => FakeReply.Hang,
            6 => FakeReply.Raw(Garbage(random)).CloseAfter(),
            7 => FakeReply.Raw($"HTTP/1.1 {status} OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}").CloseAfter(),
            _ => reply,
        };
    }

    static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 3000)];
        random.NextBytes(bytes);
        return bytes;
    }
}
