namespace Decnet.Fleet.Tests.State;

using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class FleetFileVersionTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly FakeTimeProvider clock = new();
    readonly FleetFile file;

    public FleetFileVersionTests() => file = new FleetFile(folder.File("decnet-state.json"), clock: clock);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task There_is_none_before_the_first_save() => Assert.Empty(await file.ListVersionsAsync());

    [Fact]
    public async Task The_present_the_previous_and_kept_damaged_files_are_listed()
    {
        await file.SaveAsync(SampleFleet.Of(1));
        await file.SaveAsync(SampleFleet.Of(2));
        foreach (var damage in new[] { "first", "second" })
        {
            File.WriteAllText(file.Path, damage);
            await file.SaveAsync(SampleFleet.Of(3));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var versions = await file.ListVersionsAsync();
        Assert.Equal(
            [(FleetFileVersionKind.Current, (long?)2), (FleetFileVersionKind.Previous, 1), (FleetFileVersionKind.Corrupt, null), (FleetFileVersionKind.Corrupt, null)],
            versions.Select(version => (version.Kind, version.Generation)));
        Assert.Equal(["second", "first"], versions.Skip(2).Select(version => File.ReadAllText(version.Path)));
        Assert.Equal(3, Assert.IsType<DesiredState.Known>(versions[0].State).Fleet.Deckies.Count);
    }
}
