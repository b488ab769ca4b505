namespace Decnet.Engine.Tests.Api;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Docker.Api;
using Xunit;

public sealed class SystemCallsTests(TestEngine engine) : ApiTestBed(engine)
{
    [EngineFact]
    public async Task The_engine_tells_what_it_is()
    {
        await Client.System.PingAsync(None);
        var version = await Client.System.VersionAsync(None);
        Assert.True(ApiVersion.TryParse(version.ApiVersion, out var speaks));
        Assert.Equal(speaks < ApiVersion.Newest ? speaks : ApiVersion.Newest, await Client.Connection.VersionAsync(None));
        Assert.Equal(version.Version, (await Client.System.InfoAsync(None)).ServerVersion);
    }

    [EngineFact]
    public async Task Events_of_the_past_and_of_now_come_each_at_once()
    {
        var id = await CreateAsync("api-events", "exec sleep 600");
        var since = (DateTimeOffset.UtcNow.AddSeconds(-5) - DateTimeOffset.UnixEpoch).Ticks * 100;
        var filters = EngineFilters.Of(("type", ["container"]), ("container", [id]));
        using var caller = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var events = Client.System.EventsAsync(since, filters, null, caller.Token).GetAsyncEnumerator(caller.Token);

        await ExpectAsync("create");
        await Client.Containers.StartAsync(id, None);
        await ExpectAsync("start");
        await Client.Containers.KillAsync(id, "SIGKILL", None);
        await ExpectAsync("kill");
        await ExpectAsync("die");
        Assert.Equal("137", events.Current.Actor!.Attributes!["exitCode"]);
        await Client.Containers.RemoveAsync(id, None);
        await ExpectAsync("destroy");

        var waiting = events.MoveNextAsync().AsTask();
        await caller.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1)));

        async Task ExpectAsync(string action)
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1)), $"No {action}.");
            Assert.Equal((action, id), (events.Current.Action, events.Current.Actor!.ID));
            Assert.True(events.Current.TimeNano >= since);
        }
    }
}
