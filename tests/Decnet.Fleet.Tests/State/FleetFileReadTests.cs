namespace Decnet.Fleet.Tests.State;

using System.Text;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetFileReadTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly FakeTimeProvider clock = new();
    readonly FleetFile file;

    public FleetFileReadTests() => file = new FleetFile(folder.File("decnet-state.json"), clock: clock);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_file_is_readable_by_people()
    {
        await file.SaveAsync(SampleFleet.Of(1));
        var lines = await File.ReadAllLinesAsync(file.Path);
        Assert.Equal(["{", "  \"format\": \"decnet.fleet/1\",", "  \"generation\": 1,", "  \"saved_at\": \"2026-01-01T00:00:00.000Z\","], lines[..4]);
        Assert.StartsWith("  \"checksum\": \"sha256:", lines[4], StringComparison.Ordinal);
        Assert.Equal("  \"config\": {", lines[5]);
        Assert.Contains("      {", lines);
    }

    [Fact]
    public async Task Another_indentation_is_no_edit()
    {
        var saved = await file.SaveAsync(SampleFleet.Of(5, seed: 4));
        var text = await File.ReadAllTextAsync(file.Path);
        using var document = JsonDocument.Parse(text);
        var compact = document.RootElement.GetRawText();
        foreach (var other in new[] { text.Replace("\n", "\r\n", StringComparison.Ordinal), text.Replace("  ", "\t", StringComparison.Ordinal), "\uFEFF" + compact })
        {
            await File.WriteAllTextAsync(file.Path, other, new UTF8Encoding(false));
            var known = Assert.IsType<DesiredState.Known>(await file.LoadAsync());
            Assert.Equal(FleetFileOrigin.Saved, known.Origin);
            Assert.Equal(saved.Fleet, known.Fleet);
        }
    }

    [Theory]
    [InlineData("\"debian\"", "\"ubuntu22\"")]
    [InlineData("sha256:", "sha256:0")]
    public async Task A_hand_edit_holds_and_says_so_and_the_next_save_goes_on(string from, string to)
    {
        await file.SaveAsync(SampleFleet.Of(2));
        await EditAsync(text => text.Replace(from, to, StringComparison.Ordinal));
        var edited = Assert.IsType<DesiredState.Known>(await file.LoadAsync());
        Assert.Equal((FleetFileOrigin.EditedByHand, 1), (edited.Origin, edited.Generation));
        Assert.Equal("edited-by-hand", Assert.Single(edited.Warnings).Code);
        var saved = await file.SaveAsync(edited.Fleet);
        Assert.Equal((FleetFileOrigin.Saved, 2), (saved.Origin, saved.Generation));
        Assert.Equal(edited.Fleet, saved.Fleet);
    }

    [Fact]
    public async Task A_file_without_checksum_is_a_hand_edit()
    {
        await file.SaveAsync(SampleFleet.Of(2));
        await EditAsync(text => string.Join('\n', text.Split('\n').Where(line => !line.Contains("checksum", StringComparison.Ordinal))));
        Assert.Equal(FleetFileOrigin.EditedByHand, Assert.IsType<DesiredState.Known>(await file.LoadAsync()).Origin);
    }

    [Fact]
    public async Task All_errors_of_a_file_are_told_with_path_and_line()
    {
        await file.SaveAsync(SampleFleet.Of(5));
        await EditAsync(text => text
            .Replace("\"generation\": 1", "\"generation\": \"one\", \"colour\": 1", StringComparison.Ordinal)
            .Replace("decky-01", "Decky 01", StringComparison.Ordinal)
            .Replace("10.1.0.2\"", "10.1.0.300\"", StringComparison.Ordinal)
            .Replace("decky-05", "decky-04", StringComparison.Ordinal)
            .Replace("\"gateway\"", "\"gate\"", StringComparison.Ordinal));
        var lines = await File.ReadAllLinesAsync(file.Path);
        var reason = Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason;
        Assert.Contains($"line {Line("colour")}: error: $.colour", reason, StringComparison.Ordinal);
        Assert.Contains($"line {Line("one")}: error: $.generation", reason, StringComparison.Ordinal);
        Assert.Contains($"line {Line("Decky 01")}: error: $.config.deckies[0].name", reason, StringComparison.Ordinal);
        Assert.Contains("'decky-01' would fit", reason, StringComparison.Ordinal);
        Assert.Contains($"line {Line("10.1.0.300")}: error: $.config.deckies[2].ip", reason, StringComparison.Ordinal);
        Assert.Contains("$.config.deckies[4]: the name 'decky-04' is taken by $.config.deckies[3]", reason, StringComparison.Ordinal);
        Assert.Contains($"line {Line("\"gate\"")}: error: $.config.gate", reason, StringComparison.Ordinal);

        int Line(string part) => 1 + Array.FindIndex(lines, line => line.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Weakness", "L-0.3")]
    [InlineData("\"services\": []", "empty list of services")]
    [InlineData("\"services\": [\"ssh\", \"ssh\"]", "lists the service 'ssh' 2 times")]
    [InlineData("\"services\": null", "$.config.deckies[1]")]
    public async Task Services_that_no_decky_can_have_make_the_file_corrupt_and_name_the_decky(string services, string expected)
    {
        await file.SaveAsync(SampleFleet.Of(2));
        await EditAsync(text =>
        {
            var start = text.LastIndexOf("\"services\"", StringComparison.Ordinal);
            return string.Concat(text.AsSpan(0, start), services, text.AsSpan(text.IndexOf(']', start) + 1));
        });
        Assert.Contains(expected, Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_deckies_with_one_address_make_the_file_corrupt()
    {
        var fleet = SampleFleet.Of(3);
        await file.SaveAsync(fleet with { Deckies = [.. fleet.Deckies.Select(decky => decky with { HostId = null })] });
        await EditAsync(text => text.Replace("10.1.0.2\"", "10.1.0.1\"", StringComparison.Ordinal));
        var reason = Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason;
        Assert.Contains("the address 10.1.0.1 of 'decky-03' is taken by 'decky-02'", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decnet.fleet/2", "newer")]
    [InlineData("decnet.fleet/x", "must be the text 'decnet.fleet/1'")]
    [InlineData("topology/1", "must be the text 'decnet.fleet/1'")]
    public async Task Another_format_is_not_guessed_at(string format, string expected)
    {
        await file.SaveAsync(SampleFleet.Of(2));
        await EditAsync(text => text.Replace("decnet.fleet/1", format, StringComparison.Ordinal));
        Assert.Contains(expected, Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Weakness", "L-0.3")]
    public async Task Every_truncation_is_corrupt_and_never_an_empty_fleet()
    {
        await file.SaveAsync(SampleFleet.Of(2));
        var bytes = await File.ReadAllBytesAsync(file.Path);
        for (var length = 0; length < bytes.Length - 2; length += 1 + (length / 40))
        {
            Assert.IsType<DesiredState.Corrupt>(FleetFileReader.Read(file.Path, bytes.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var random = new Random(7);
        var original = FleetFileFormat.Write(SampleFleet.Of(3), 4, DateTimeOffset.UnixEpoch);
        var known = 0;
        for (var i = 0; i < 4000; i++)
        {
            var bytes = original.ToArray();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? "{}[],:\"\\"u8[random.Next(8)] : (byte)random.Next(256);
            }

            var state = FleetFileReader.Read("x", bytes);
            if (state is DesiredState.Known { Origin: FleetFileOrigin.Saved } same)
            {
                known++;
                Assert.Equal(FleetFileReader.Read("x", original), same with { Generation = 4 });
            }
        }

        Assert.InRange(known, 1, 3000);
    }

    [Theory]
    [InlineData("", "0 bytes")]
    [InlineData("\0\0\0\0", "not JSON")]
    [InlineData("[]", "an object was expected")]
    [InlineData("null", "an object was expected")]
    [InlineData("{}", "not a fleet file")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("{\"format\":\"decnet.fleet/1\",\"generation\":1}", "$.config: the key is missing")]
    [InlineData("{\"format\":\"decnet.fleet/1\",\"generation\":1,\"config\":{\"deckies\":{}}}", "a list was expected")]
    [InlineData("{\"format\":\"\\ud800\"}", "Unicode")]
    public async Task What_is_no_fleet_file_is_corrupt(string text, string expected)
    {
        await File.WriteAllTextAsync(file.Path, text);
        Assert.Contains(expected, Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrupt_file_never_replaces_a_good_backup_and_is_kept_aside()
    {
        await file.SaveAsync(SampleFleet.Of(1));
        await file.SaveAsync(SampleFleet.Of(2));
        var backup = await File.ReadAllBytesAsync(file.BackupPath);
        await EditAsync(text => text[..(text.Length / 2)]);
        var damaged = await File.ReadAllBytesAsync(file.Path);
        Assert.Contains("previous generation 1", Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason, StringComparison.Ordinal);
        var conflict = await Assert.ThrowsAsync<GenerationConflictException>(() => file.SaveAsync(SampleFleet.Of(3), expectedGeneration: 2));
        Assert.Null(conflict.Actual);

        var saved = await file.SaveAsync(SampleFleet.Of(3));

        Assert.Equal(3, saved.Generation);
        Assert.Equal(backup, await File.ReadAllBytesAsync(file.BackupPath));
        var aside = folder.File("decnet-state.json.corrupt-20260101T000000Z");
        Assert.Equal(damaged, await File.ReadAllBytesAsync(aside));
    }

    [Fact]
    public async Task A_bounded_number_of_corrupt_files_is_kept()
    {
        for (var i = 0; i < 9; i++)
        {
            await File.WriteAllTextAsync(file.Path, $"damage {i}");
            await file.SaveAsync(SampleFleet.Of(1));
            clock.Advance(TimeSpan.FromSeconds(i % 2));
        }

        var kept = Directory.GetFiles(folder.Path, "*.corrupt-*").Order(StringComparer.Ordinal).Select(File.ReadAllText);
        Assert.Equal(["damage 4", "damage 5", "damage 6", "damage 7", "damage 8"], kept);
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_corrupt()
    {
        Directory.CreateDirectory(file.Path);
        var reason = Assert.IsType<DesiredState.Corrupt>(await file.LoadAsync()).Reason;
        Assert.Contains(file.Path, reason, StringComparison.Ordinal);
    }

    async Task EditAsync(Func<string, string> edit) => await File.WriteAllTextAsync(file.Path, edit(await File.ReadAllTextAsync(file.Path)));
}
