namespace Decnet.Engine.Tests.Api;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Xunit;

public sealed class ContainerCallsTests(TestEngine engine) : ApiTestBed(engine)
{
    [EngineFact]
    public async Task A_container_lives_through_all_calls_each_of_which_can_be_repeated()
    {
        var id = await CreateAsync("api-life", "echo up; echo oops >&2; printf 'grün €'; exec sleep 600");
        Assert.Equal("created", (await Client.Containers.InspectAsync(id, None)).State!.Status);

        await Client.Containers.StartAsync(id, None);
        await Client.Containers.StartAsync(id, None);
        Assert.True((await Client.Containers.InspectAsync(id, None)).State!.Running);
        await Client.Containers.RenameAsync(id, "api-life-2", None);
        var exit = Client.Containers.WaitAsync(id, None);
        await Client.Containers.StopAsync(id, TimeSpan.Zero, None);
        await Client.Containers.StopAsync(id, TimeSpan.Zero, None);

        Assert.Equal(137, (await exit).StatusCode);
        var stopped = await Client.Containers.InspectAsync("api-life-2", None);
        Assert.Equal(("/api-life-2", "exited", 137), (stopped.Name, stopped.State!.Status, stopped.State.ExitCode));
        var lines = await Client.Containers.LogsAsync(id, new LogQuery(), None).ToListAsync(None);
        Assert.Equal(["grün €", "up"], lines.Where(line => line.Stream == LogStream.Output).Select(line => line.Text).Order());
        Assert.Equal("oops", Assert.Single(lines, line => line.Stream == LogStream.Errors).Text);

        await Client.Containers.RemoveAsync(id, None);
        await Client.Containers.RemoveAsync(id, None);
        Assert.Equal(RuntimeError.NotFound, (await FailAsync(() => Client.Containers.InspectAsync(id, None))).Error);
    }

    [EngineFact]
    public async Task Output_of_a_terminal_is_read_as_it_is_and_only_its_end_when_asked()
    {
        var id = await CreateAsync("api-terminal", "seq 1 50; echo oops >&2", container => container with { Tty = true });
        await Client.Containers.StartAsync(id, None);
        await Client.Containers.WaitAsync(id, None);
        var lines = await Client.Containers.LogsAsync(id, new LogQuery { Tail = 3 }, None).ToListAsync(None);
        Assert.Equal(["49", "50", "oops"], lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal(LogStream.Output, line.Stream));
    }

    [EngineFact]
    public async Task Long_output_comes_whole()
    {
        var id = await CreateAsync("api-long", "for n in $(seq 1 3000); do echo line $n; echo error $n >&2; done; head -c 40000 /dev/zero | tr '\\0' x");
        await Client.Containers.StartAsync(id, None);
        await Client.Containers.WaitAsync(id, None);
        var lines = await Client.Containers.LogsAsync(id, new LogQuery(), None).ToListAsync(None);
        Assert.Equal(Enumerable.Range(1, 3000).Select(n => $"error {n}"), lines.Where(line => line.Stream == LogStream.Errors).Select(line => line.Text));
        var output = lines.Where(line => line.Stream == LogStream.Output).Select(line => line.Text).ToList();
        Assert.Equal(Enumerable.Range(1, 3000).Select(n => $"line {n}"), output.Take(3000));
        Assert.Equal(new string('x', 40000), string.Concat(output.Skip(3000)));
    }

    [EngineFact]
    public async Task A_container_that_many_remove_at_once_is_gone_for_all_of_them()
    {
        for (var round = 0; round < 3; round++)
        {
            var id = await CreateAsync("api-removed", "exec sleep 600");
            await Client.Containers.StartAsync(id, None);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
            {
                await Client.Containers.RemoveAsync(id, None);
                Assert.Equal(RuntimeError.NotFound, (await FailAsync(() => Client.Containers.InspectAsync(id, None))).Error);
            }));
        }
    }

    [EngineFact]
    public async Task Fixed_addresses_are_given_in_the_version_that_is_spoken()
    {
        await CreateNetworkAsync();
        var version = await Client.Connection.VersionAsync(None);
        var id = await CreateAsync(
            "api-fixed", "exec sleep 600", container => At("198.18.242.77", container).WithMacAddress("02:42:c6:12:f2:4d", Network, version));
        await Client.Containers.StartAsync(id, None);
        var endpoint = (await Client.Containers.InspectAsync(id, None)).NetworkSettings!.Networks![Network];
        Assert.Equal(("198.18.242.77", "02:42:c6:12:f2:4d"), (endpoint.IPAddress, endpoint.MacAddress));
    }

    [EngineFact]
    public async Task Errors_are_of_the_kind_that_they_are()
    {
        var missing = await FailAsync(() => CreateAsync("api-image", "true", container => container with { Image = "no/such:image" }));
        Assert.Equal((RuntimeError.NotFound, 404), (missing.Error, missing.StatusCode));
        Assert.Contains("no/such:image", missing.Message, StringComparison.Ordinal);

        var id = await CreateAsync("api-taken", "true");
        Assert.Equal(RuntimeError.Conflict, (await FailAsync(() => CreateAsync("api-taken", "true"))).Error);
        Assert.Equal(RuntimeError.Conflict, (await FailAsync(() => Client.Containers.KillAsync(id, "SIGKILL", None))).Error);
        Assert.Equal(RuntimeError.NotFound, (await FailAsync(() => Client.Containers.StartAsync("api-none", None))).Error);

        var command = await CreateAsync("api-command", "true", container => container with { Cmd = ["/no/such/program"] });
        var start = await FailAsync(() => Client.Containers.StartAsync(command, None));
        Assert.Contains("/no/such/program", start.EngineMessage!, StringComparison.Ordinal);
        Assert.False(start.IsTransient);
    }
}
