namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class DriftFinderTests
{
    readonly Scene scene = new();

    [Fact]
    public void A_converged_fleet_has_none() => Assert.Empty(DriftFinder.Find(scene.Snapshot()));

    [Fact]
    public void A_container_that_exited_is_told_with_its_code_and_so_is_the_row_that_does_not_know_yet()
    {
        scene.Stop("decky-01-ssh", 137);

        var drifts = DriftFinder.Find(scene.Snapshot());

        Assert.Equal(
            ["RowState decky-01: degraded / running", "ContainerStopped decky-01-ssh: running / exited (137)"],
            drifts.Select(Line));
        Assert.All(drifts, drift => Assert.Equal("decky-01", drift.DeckyName));
        Assert.Contains("decky-01-ssh exited", drifts[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decky-01", "BaseMissing decky-01: running / none")]
    [InlineData("decky-01-ssh", "ContainerMissing decky-01-ssh: running / none")]
    public void A_missing_container_is_told(string container, string expected)
    {
        scene.Lose(container);

        Assert.Contains(expected, Lines());
    }

    [Fact]
    public void A_decky_without_any_container_is_one_difference_beside_its_row()
    {
        scene.Containers.RemoveAll(container => container.DeckyName == "decky-02");

        Assert.Equal(["RowState decky-02: torn_down / running", "DeckyMissing decky-02: running / none"], Lines());
    }

    [Fact]
    public void Containers_of_another_configuration_are_told_with_both_hashes()
    {
        scene.Change("decky-01", found => found with { ConfigHash = new string('a', 64) });
        scene.Change("decky-02-ssh", found => found with { ConfigHash = new string('b', 64) });

        var lines = Lines();

        Assert.Contains($"BaseChanged decky-01: configuration {scene.Blueprints["decky-01"].Base.ConfigHash[..12]} / configuration aaaaaaaaaaaa", lines);
        Assert.Contains(
            $"ContainerChanged decky-02-ssh: configuration {scene.Blueprints["decky-02"].Services[0].ConfigHash[..12]} / configuration bbbbbbbbbbbb", lines);
    }

    [Fact]
    public void A_dead_base_and_one_that_was_taken_off_the_network_are_told_apart()
    {
        scene.Stop("decky-01", 1);
        scene.Change("decky-02", found => found with { NetworkLost = true });

        var lines = Lines();

        Assert.Contains("BaseDead decky-01: running / exited (1)", lines);
        Assert.Contains("BaseDisconnected decky-02: in the network / not in the network", lines);
    }

    [Fact]
    public void Services_that_lost_their_network_renamed_ones_and_surplus_ones_are_told()
    {
        scene.Change("decky-01-ssh", found => found with { NetworkLost = true });
        scene.Change("decky-02-ssh", found => found with { Name = "somebody-else" });
        scene.Change("decky-03-ssh", found => found with { ServiceName = "smtp" });

        var lines = Lines();

        Assert.Contains("ContainerCutOff decky-01-ssh: in the network / not in the network", lines);
        Assert.Contains("ContainerRenamed decky-02-ssh: decky-02-ssh / somebody-else", lines);
        Assert.Contains("ContainerSurplus decky-03-ssh: none / running", lines);
        Assert.Contains("ContainerMissing decky-03-ssh: running / none", lines);
    }

    [Fact]
    public void An_unhealthy_decky_is_told_although_nothing_can_be_repaired()
    {
        scene.Change("decky-01-ssh", found => found with { Health = ContainerHealth.Unhealthy });
        scene.Rows[0] = scene.Rows[0] with { State = DeckyState.Degraded, Reason = "decky-01-ssh is unhealthy" };

        var drift = Assert.Single(DriftFinder.Find(scene.Snapshot()));

        Assert.Equal("DeckyNotRunning decky-01: running / degraded", Line(drift));
        Assert.Equal("decky-01-ssh is unhealthy", drift.Reason);
    }

    [Fact]
    public void Rows_that_lack_that_are_surplus_or_outdated_are_told()
    {
        scene.Rows[0] = scene.Rows[0] with { Services = ["ssh"] };
        scene.Rows.RemoveAt(1);
        scene.Rows.Add(Sample.Row(new Scene(Sample.Decky("old", "198.18.0.99")).Blueprints["old"]));

        Assert.Equal(
            ["RowConfig decky-01: ssh, http / ssh", "RowMissing decky-02: running / none", "RowSurplus old: none / running"], Lines());
    }

    [Fact]
    public void Strays_and_open_operations_are_told()
    {
        scene.Containers.AddRange(Sample.Containers(new Scene(Sample.Decky("old", "198.18.0.99", "ssh")).Blueprints["old"]));
        scene.Operations.Add(Sample.Operation("decky-03"));

        Assert.Equal(
            ["OperationOpen decky-03: no open operation / an open operation", "Stray old: none / running", "Stray old-ssh: none / running"], Lines());
    }

    [Fact]
    public void What_an_interrupted_teardown_left_is_told_once()
    {
        var old = new Scene(Sample.Decky("old", "198.18.0.99", "ssh")).Blueprints["old"];
        scene.Rows.Add(Sample.Row(old, DeckyState.TeardownFailed));
        scene.Containers.AddRange(Sample.Containers(old));

        Assert.Equal(["ContainerSurplus old-ssh: none / running", "ContainerSurplus old: none / running"], Lines());
    }

    [Fact]
    public void Orders_to_leave_deckies_alone_and_waits_between_repairs_hide_nothing()
    {
        scene.Lose("decky-01-ssh");
        scene.Lose("decky-02-ssh");
        scene.Repairs[DeckyName.Parse("decky-02")] = new RepairHistory(3, Sample.Now.AddHours(1), "no");
        var snapshot = scene.Snapshot();
        var ordered = FleetSnapshot.Create(
            HostId.Local,
            snapshot.Desired,
            snapshot.Recorded with { Suspensions = [new Suspension { HostId = HostId.Local, DeckyName = DeckyName.Parse("decky-01"), By = "me", At = Sample.Now }] },
            snapshot.Observed,
            Sample.Now,
            scene.Repairs);

        Assert.Equal(
            ["decky-01-ssh", "decky-02-ssh"],
            DriftFinder.Find(ordered).Where(drift => drift.Kind == DriftKind.ContainerMissing).Select(drift => drift.Container));
    }

    [Fact]
    public void Nothing_is_compared_with_what_is_not_known()
    {
        scene.Unreachable = "away";
        Assert.Throws<ArgumentException>(() => DriftFinder.Find(scene.Snapshot()));

        scene.Unreachable = null;
        scene.Desired = new DesiredState.Missing { Reason = "gone" };
        Assert.Throws<ArgumentException>(() => DriftFinder.Find(scene.Snapshot()));
    }

    string[] Lines() => [.. DriftFinder.Find(scene.Snapshot()).Select(Line)];

    static string Line(Drift drift) => $"{drift.Kind} {drift.Container ?? drift.DeckyName}: {drift.Expected} / {drift.Actual}";
}
