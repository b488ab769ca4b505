namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetDocumentTests : IDisposable
{
    static readonly Fleet Sample = SampleFleet.Of(7, seed: 3);

    readonly TemporaryFolder folder = new();

    string Target => folder.File("lab.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_saved_fleet_is_read_again_from_lines_that_people_can_read()
    {
        FleetDocument.Save(Target, Sample);
        var document = FleetDocument.Load(Target);
        Assert.Equal((Sample, 0, Target), (document.GetFleet(), document.Generation, document.Source));
        Assert.Empty(document.Issues);
        Assert.Contains("  \"deckies\": [", File.ReadAllLines(Target));
        Assert.Equal([Target], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void One_line_of_JSON_is_read_too() => Assert.Equal(Sample, FleetDocument.Parse(FleetJson.Write(Sample)).GetFleet());

    [Fact]
    public async Task A_copy_of_a_fleet_file_is_read_with_its_generation_and_its_warnings()
    {
        var file = new FleetFile(folder.File("decnet-state.json"));
        await file.SaveAsync(Sample);
        await file.SaveAsync(Sample);
        File.WriteAllText(Target, File.ReadAllText(file.Path).Replace("\"checksum\": \"sha256:", "\"checksum\": \"sha256:0", StringComparison.Ordinal));
        var document = FleetDocument.Load(Target);
        Assert.Equal((Sample, 2), (document.GetFleet(), document.Generation));
        Assert.Equal("edited-by-hand", Assert.Single(document.Issues).Code);
    }

    [Fact]
    public void The_file_of_the_Python_system_is_read()
    {
        var document = FleetDocument.Parse("""
            {"compose_path": "x", "config": {"mode": "unihost", "interface": "eth0", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1", "deckies": [
              {"name": "a", "ip": "10.0.0.2", "services": ["ssh"], "distro": "debian", "base_image": "debian:x", "hostname": "a"}]}}
            """);
        Assert.Equal("a", document.GetFleet().Deckies[0].Name.Value);
    }

    [Fact]
    public void All_faults_come_at_once_with_their_lines_and_places()
    {
        FleetDocument.Save(Target, SampleFleet.Of(3));
        var lines = File.ReadAllLines(Target);
        var address = Array.FindIndex(lines, line => line.Contains("\"ip\"", StringComparison.Ordinal));
        var family = Array.FindLastIndex(lines, line => line.Contains("\"nmap_os\"", StringComparison.Ordinal));
        lines[address] = "      \"ip\": \"10.0.0.300\",";
        lines[family] = "      \"nmap\": \"linux\",";
        var document = FleetDocument.Parse(string.Join('\n', lines));
        Assert.Null(document.Fleet);
        Assert.Equal([address + 1, family + 1], document.Issues.Select(issue => issue.Line!.Value));
        Assert.Equal("$.deckies[0].ip", document.Issues[0].Target);
        Assert.StartsWith("$.deckies[2]", document.Issues[1].Target, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<FleetValidationException>(document.GetFleet).Errors.Count);
    }

    [Theory]
    [InlineData("", "empty", null)]
    [InlineData("{\n\"subnet\": \"10.0.0.0/24\",\n\"gateway\": oops}", "not-json", 3)]
    [InlineData("{}", "not-a-fleet-file", 1)]
    [InlineData("[]", "wrong-type", 1)]
    [InlineData("{\"subnet\": \"10.0.0.0/24\"}", "invalid-value", 1)]
    [InlineData("{\"format\": \"decnet.fleet/9\"}", "newer-format", 1)]
    public void What_is_no_fleet_is_refused(string json, string code, int? line)
    {
        var issue = Assert.Single(FleetDocument.Parse(json).Issues);
        Assert.Equal((code, line), (issue.Code, issue.Line));
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        Assert.Contains("does not exist", Assert.Throws<FleetFileException>(() => FleetDocument.Load(Target)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<FleetFileException>(() => FleetDocument.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_it_is_to_be_overwritten()
    {
        File.WriteAllText(Target, "precious");
        Assert.Throws<FleetFileException>(() => FleetDocument.Save(Target, Sample));
        Assert.Equal("precious", File.ReadAllText(Target));
        FleetDocument.Save(Target, Sample, overwrite: true);
        Assert.Equal(Sample, FleetDocument.Load(Target).Fleet);
    }

    [Fact]
    public void The_desired_state_is_not_replaced_by_a_document() =>
        Assert.Throws<FleetFileException>(() => FleetDocument.Save(folder.File("decnet-state.json"), Sample, overwrite: true));

    [Fact]
    public void A_fleet_that_could_not_be_read_again_is_not_written()
    {
        var twice = Sample with { Deckies = [Sample.Deckies[0], Sample.Deckies[0]] };
        Assert.Contains("is taken by", Assert.Throws<FleetFileException>(() => FleetDocument.Save(Target, twice)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_save_that_fails_leaves_nothing() =>
        Assert.Throws<FleetFileException>(() => FleetDocument.Save(folder.File("missing/lab.json"), Sample));
}
