namespace Decnet.Engine.Tests.Faults;

using Decnet.Engine.Tests.Api;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Xunit;

/// <summary>What a container that ended has to say.</summary>
public sealed class LogTailTests(TestEngine engine) : ApiTestBed(engine)
{
    [EngineTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_words_of_a_container_can_be_read(bool terminal)
    {
        await using var runtime = Connect();
        var id = await CreateAsync(
            "log-tail", "seq 1 50; sleep 0.2; printf '\\033[31mno host key: grün\\n' >&2; exit 78", container => container with { Tty = terminal });

        await runtime.StartContainerAsync(id);
        await Client.Containers.WaitAsync(id, None);

        Assert.Equal("49\n50\n[31mno host key: grün", await runtime.ReadLogTailAsync(id, 3));
        Assert.Equal("[31mno host key: grün", await runtime.ReadLogTailAsync(id, 1));
    }

    [EngineFact]
    public async Task Of_much_output_the_end_is_kept()
    {
        await using var runtime = Connect();
        var id = await CreateAsync("log-tail-long", "seq 1 100000; head -c 100000 /dev/zero | tr '\\0' x; echo; echo end");

        await runtime.StartContainerAsync(id);
        await Client.Containers.WaitAsync(id, None);

        var tail = await runtime.ReadLogTailAsync(id, 200_000);
        Assert.Equal(4_000, tail.Length);
        Assert.EndsWith("xxx\nend", tail, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_container_without_output_or_that_is_gone_has_nothing_to_say()
    {
        await using var runtime = Connect();
        var id = await CreateAsync("log-tail-none", "true");

        Assert.Equal("", await runtime.ReadLogTailAsync(id, 5));
        await runtime.RemoveContainerAsync(id);
        var error = await Assert.ThrowsAsync<DockerEngineException>(() => runtime.ReadLogTailAsync(id, 5));
        Assert.Equal(RuntimeError.NotFound, error.Error);
    }

    DockerContainerRuntime Connect() =>
        DockerContainerRuntime.Connect(new DockerRuntimeOptions { Endpoint = Decnet.Fleet.Docker.Endpoints.DockerEndpoint.Parse(Engine.Endpoint) });
}
