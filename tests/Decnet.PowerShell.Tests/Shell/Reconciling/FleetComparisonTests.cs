namespace Decnet.PowerShell.Tests.Shell.Reconciling;

using Decnet.Shell.Flow;
using Decnet.Shell.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class FleetComparisonTests : IAsyncLifetime
{
    readonly ShellLab lab = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task A_fleet_as_it_should_be_has_no_drift_and_knows_its_deckies()
    {
        await lab.DeployAsync(Sample.Deckies(2));

        var comparison = await FleetComparison.MakeAsync(lab.Session, default);

        Assert.Empty(comparison.Drifts);
        Assert.Equal(["decky-01", "decky-02"], comparison.DeckyNames);
    }

    [Fact]
    public async Task Each_difference_is_told_in_words_and_comparing_changes_nothing()
    {
        await lab.DeployAsync(Sample.Deckies(2));
        var runtime = await lab.RuntimeAsync();
        runtime.Crash("decky-02-ssh", 137);
        var changes = runtime.Requests.Mutating;
        var events = await (await lab.OpenAsync()).Events.GetLastSequenceAsync();

        var drifts = (await FleetComparison.MakeAsync(lab.Session, default)).Drifts;

        Assert.Equal(["row_state", "container_stopped"], drifts.Select(drift => drift.Kind));
        Assert.Equal(("decky-02", "decky-02-ssh", "running", "exited (137)"), (drifts[1].DeckyName, drifts[1].Container, drifts[1].Expected, drifts[1].Actual));
        Assert.Equal(changes, runtime.Requests.Mutating);
        Assert.Equal(events, await (await lab.OpenAsync()).Events.GetLastSequenceAsync());
    }

    [Fact]
    public async Task No_fleet_file_is_an_error_and_makes_none() =>
        Assert.Equal("FleetFileMissing", (await FaultAsync()).Id);

    [Fact]
    public async Task A_damaged_fleet_file_is_an_error()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        await File.WriteAllTextAsync(Path.Combine(lab.StateDirectory, "decnet-state.json"), "{");

        Assert.Equal("FleetFileCorrupt", (await FaultAsync()).Id);
    }

    [Fact]
    public async Task An_engine_that_is_away_is_an_error_and_no_answer()
    {
        await lab.DeployAsync(Sample.Deckies(1));
        (await lab.RuntimeAsync()).Unreachable("away for now");

        var fault = await FaultAsync();

        Assert.Equal(("EngineUnreachable", FaultCategory.ConnectionError), (fault.Id, fault.Category));
        Assert.Contains("away for now", fault.Message, StringComparison.Ordinal);
    }

    async Task<Fault> FaultAsync() => (await Assert.ThrowsAsync<FaultException>(() => FleetComparison.MakeAsync(lab.Session, default))).Fault;
}
