namespace Decnet.Engine.Tests.Api;

using System.Formats.Tar;
using System.Text;
using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;
using Xunit;

public sealed class ImageCallsTests(TestEngine engine) : ApiTestBed(engine)
{
    const string Name = "decnet-api-test:1";
    const string Other = "decnet-api-test:2";

    [EngineFact]
    public async Task An_image_is_imported_named_and_removed()
    {
        var messages = await Client.Images.ImportAsync(Archive(("etc/motd", "hello")), Name, None).ToListAsync(None);
        Assert.Contains(messages, message => message.Status?.StartsWith("sha256:", StringComparison.Ordinal) is true);
        await Client.Images.TagAsync(Name, Other, None);
        var image = await Client.Images.InspectAsync(Other, None);
        Assert.Equal([Name, Other], image.RepoTags!.Order());

        foreach (var name in new[] { Name, Other, Other })
        {
            await Client.Images.RemoveAsync(name, force: false, None);
        }

        Assert.Equal(RuntimeError.NotFound, (await FailAsync(() => Client.Images.InspectAsync(image.Id!, None))).Error);
    }

    [EngineFact]
    public async Task An_image_is_built_from_an_archive_and_runs()
    {
        const string Steps = $"FROM {Image}\nARG WHO\nENV WHO=$WHO\nCOPY greeting /greeting\nCMD cat /greeting; echo $WHO\n";
        var arguments = new Dictionary<string, string> { ["WHO"] = "world" };
        var archive = Archive(("Dockerfile", Steps), ("greeting", "hello\n"));
        var messages = await Client.Images.BuildAsync(archive, new ImageBuild { Tag = Name, Arguments = arguments }, None).ToListAsync(None);
        var image = await Client.Images.InspectAsync(Name, None);
        Assert.Equal(image.Id, messages.Last(message => message.BuiltId is not null).BuiltId);

        var id = await CreateAsync("api-built", "", container => container with { Image = Name, Cmd = null });
        await Client.Containers.StartAsync(id, None);
        await Client.Containers.WaitAsync(id, None);
        Assert.Equal(["hello", "world"], await Client.Containers.LogsAsync(id, new(), None).Select(line => line.Text).ToListAsync(None));
        await Client.Containers.RemoveAsync(id, None);
        await Client.Images.RemoveAsync(Name, force: true, None);
    }

    [EngineFact]
    public async Task An_image_is_loaded_from_what_save_made()
    {
        var file = Path.Combine(Path.GetTempPath(), $"decnet-{Guid.NewGuid():N}.tar");
        try
        {
            await Engine.DockerCli("tag", Image, Name);
            await Engine.DockerCli("save", "-o", file, Name);
            await Engine.DockerCli("rmi", Name);
            await using (var archive = File.OpenRead(file))
            {
                var messages = await Client.Images.LoadAsync(archive, None).ToListAsync(None);
                Assert.Contains(messages, message => message.Stream?.Contains(Name, StringComparison.Ordinal) is true);
            }

            Assert.Contains(Name, (await Client.Images.InspectAsync(Name, None)).RepoTags!);
            await Client.Images.RemoveAsync(Name, force: false, None);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [EngineFact]
    public async Task What_cannot_be_made_says_why()
    {
        var build = await FailAsync(() => BuildAsync($"FROM {Image}\nCOPY missing /\n"));
        Assert.Contains("missing", build.EngineMessage!, StringComparison.Ordinal);
        Assert.Contains(Name, build.Message, StringComparison.Ordinal);

        Assert.False((await FailAsync(() => BuildAsync("NONSENSE\n"))).IsTransient);

        // Port 9 is the one that discards; nothing listens there.
        var pull = await FailAsync(async () => await Client.Images.PullAsync("127.0.0.1:9/x:1", null, None).ToListAsync(None));
        Assert.Contains("127.0.0.1:9/x:1", pull.Message, StringComparison.Ordinal);
        Assert.True(pull.IsTransient);
        Assert.Equal(RuntimeError.NotFound, (await FailAsync(() => Client.Images.TagAsync("no/such:image", Name, None))).Error);
    }

    [EngineFact]
    public async Task A_refused_archive_is_not_a_broken_connection()
    {
        var large = Archive(("zeros", new string('0', 5_000_000)));
        var error = await FailAsync(async () => await Client.Images.ImportAsync(large, "NOT/A valid:name", None).ToListAsync(None));
        Assert.Equal(RuntimeError.Invalid, error.Error);
        Assert.NotNull(error.StatusCode);
    }

    async Task BuildAsync(string steps) =>
        await Client.Images.BuildAsync(Archive(("Dockerfile", steps)), new ImageBuild { Tag = Name }, None).ToListAsync(None);

    static MemoryStream Archive(params (string Name, string Text)[] files)
    {
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        archive.Position = 0;
        return archive;
    }
}
