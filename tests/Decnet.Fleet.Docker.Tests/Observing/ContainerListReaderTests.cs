namespace Decnet.Fleet.Docker.Tests.Observing;

using System.Text;
using System.Text.Json;
using Decnet.FakeDaemon.Listing;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Observing;
using Decnet.Fleet.Docker.Tests.Api;

public sealed class ContainerListReaderTests
{
    const string Labels = """{"com.docker.compose.project":"decnet","com.docker.compose.service":"web-01"}""";

    [Fact]
    public async Task A_listing_that_breaks_off_anywhere_is_an_error_and_never_a_shorter_list()
    {
        var bytes = new ContainerListing(FakeFleet.Containers(2, "ssh")).Reply("1.52").Body.ToArray();
        var complete = Array.LastIndexOf(bytes, (byte)']') + 1;
        for (var length = 0; length < complete; length++)
        {
            await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(new MemoryStream(bytes, 0, length)));
        }

        Assert.Equal(4, (await ReadAsync(new MemoryStream(bytes, 0, complete))).Count);
    }

    [Theory]
    [InlineData(1, 65536)]
    [InlineData(1, 16)]
    [InlineData(7, 16)]
    [InlineData(4096, 1024)]
    [InlineData(100_000, 2048)]
    [InlineData(100_000, 65536)]
    public async Task Pieces_and_buffers_of_any_size_give_the_same_list(int size, int buffer)
    {
        var listing = new ContainerListing(FakeFleet.Containers(100, "ssh", "http"));
        var bytes = listing.Reply("1.47").Body.ToArray();
        var listed = await ReadAsync(new ChoppedStream(bytes.Chunk(size)), buffer);
        Assert.Equal(listing.Containers.Select(container => container.Id), listed.Select(container => container.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[[]]")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[] []")]
    [InlineData("[],")]
    [InlineData("<html></html>")]
    [InlineData("""{"message":"no"}""")]
    [InlineData("""[{"Id":1,"Labels":{"a":"b"}}]""")]
    [InlineData("""[{"Id":"a","State":true}]""")]
    [InlineData("""[{"Id":"a","Names":"a"}]""")]
    [InlineData("""[{"Id":"a","Names":[1]}]""")]
    [InlineData("""[{"Id":"a","Labels":[]}]""")]
    [InlineData("""[{"Id":"a","HostConfig":"host"}]""")]
    public async Task What_is_no_list_of_containers_is_an_error(string text) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(text));

    [Fact]
    public async Task A_text_that_is_not_UTF8_is_an_error_or_a_text_with_marks()
    {
        var bytes = Encoding.Latin1.GetBytes($$"""[{"Id":"a","Names":["/gr\u0022ün"],"Labels":{{Labels}}}]""");
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(new MemoryStream(bytes)));
    }

    [Fact]
    public async Task A_deckys_container_without_an_id_makes_the_list_unusable() =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync($$"""[{"Names":["/web-01"],"Labels":{{Labels}}}]"""));

    [Fact]
    public async Task Containers_that_are_no_part_of_a_decky_are_left_out_whatever_they_lack()
    {
        Assert.Empty(await ReadAsync("[]"));
        Assert.Empty(await ReadAsync("""[{},{"Labels":null},{"Id":"a","Labels":{"com.docker.compose.project":"decnet2"}}]"""));
        Assert.Empty(await ReadAsync("""[{"Id":"a","Labels":{"com.docker.compose.project":"decnet","com.docker.compose.service":"x","com.docker.compose.oneoff":"True"}}]"""));
    }

    [Fact]
    public async Task Missing_and_null_fields_are_as_if_nothing_was_said()
    {
        var container = await OneAsync($$"""[{"Id":"abc","Names":null,"State":null,"Status":null,"HostConfig":null,"Health":null,"Labels":{{Labels}}}]""");
        Assert.Equal(
            new ObservedContainer { Id = "abc", Name = "abc", DeckyName = "web-01", Role = ContainerRole.Base, State = ContainerState.Unknown },
            container);
    }

    [Fact]
    public async Task The_name_without_a_second_slash_is_the_containers_own()
    {
        Assert.Equal("web-01", (await OneAsync($$"""[{"Id":"a","Names":["/front/web","/web-01","/other/web"],"Labels":{{Labels}}}]""")).Name);
        Assert.Equal("web-01", (await OneAsync($$"""[{"Id":"a","Names":["/web-01"],"Labels":{{Labels}}}]""")).Name);
    }

    [Fact]
    public async Task Escapes_are_resolved_in_values_and_keys()
    {
        var container = await OneAsync(
            """[{"\u0049d":"a\u0062c","Labels":{"com.docker.compose.project":"dec\u006eet","com.docker.compose.service":"web\u002d01","decnet.fleet.h\u006fst":"h\u0031"}}]""");
        Assert.Equal(("abc", "web-01", "h1"), (container.Id, container.DeckyName, container.HostId));
    }

    [Fact]
    public async Task A_container_larger_than_the_buffer_is_read()
    {
        var large = new string('x', 300_000);
        var listed = await ReadAsync($$"""[{"Id":"a","Command":"{{large}}","Labels":{{Labels}}},{"Id":"b","Labels":{{Labels}}}]""");
        Assert.Equal(["a", "b"], listed.Select(container => container.Id));
    }

    [Fact]
    public async Task A_container_without_end_is_given_up()
    {
        var endless = $$"""[{"Id":"{{new string('x', 20_000_000)}}"}]""";
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(endless));
    }

    [Theory]
    [InlineData("running", ContainerState.Running)]
    [InlineData("created", ContainerState.Created)]
    [InlineData("paused", ContainerState.Paused)]
    [InlineData("restarting", ContainerState.Restarting)]
    [InlineData("removing", ContainerState.Removing)]
    [InlineData("exited", ContainerState.Exited)]
    [InlineData("dead", ContainerState.Dead)]
    [InlineData("hibernating", ContainerState.Unknown)]
    public async Task States_are_told_by_their_words(string word, ContainerState state) =>
        Assert.Equal(state, (await OneAsync($$"""[{"Id":"a","State":"{{word}}","Labels":{{Labels}}}]""")).State);

    [Theory]
    [InlineData("healthy", ContainerHealth.Healthy)]
    [InlineData("unhealthy", ContainerHealth.Unhealthy)]
    [InlineData("starting", ContainerHealth.Starting)]
    [InlineData("none", ContainerHealth.None)]
    [InlineData("", ContainerHealth.Starting)]
    [InlineData("blooming", ContainerHealth.Starting)]
    public async Task Health_of_newer_engines_goes_before_the_status_text(string word, ContainerHealth health) =>
        Assert.Equal(
            health,
            (await OneAsync($$"""[{"Id":"a","Status":"Up 1 second (health: starting)","Health":{"FailingStreak":0,"Status":"{{word}}"},"Labels":{{Labels}}}]""")).Health);

    static async Task<ObservedContainer> OneAsync(string text) => Assert.Single(await ReadAsync(text));

    static Task<List<ObservedContainer>> ReadAsync(string text) => ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    static async Task<List<ObservedContainer>> ReadAsync(Stream stream, int buffer = 65536)
    {
        var listed = await new ContainerListReader(new TextCache(), FleetProject.Default, buffer).ReadAsync(stream, TestContext.Current.CancellationToken);
        return [.. listed.Select(container => container.Container)];
    }
}
