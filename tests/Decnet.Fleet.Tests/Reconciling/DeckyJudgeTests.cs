namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class DeckyJudgeTests
{
    readonly Scene scene = new(Sample.Decky("web", "198.18.0.10", "ssh", "http"));

    [Fact]
    public void No_container_is_torn_down()
    {
        scene.Containers.Clear();

        Assert.Equal((DeckyState.TornDown, "no container exists"), Judged());
    }

    [Fact]
    [Trait("Weakness", "L-1.2")]
    public void A_dead_base_fails_the_decky_although_its_services_run()
    {
        scene.Stop("web", 0);

        Assert.Equal((DeckyState.Failed, "web exited with code 0"), Judged());
    }

    [Fact]
    public void A_missing_base_fails_the_decky()
    {
        scene.Lose("web");

        Assert.Equal((DeckyState.Failed, "web is missing"), Judged());
    }

    [Fact]
    public void A_base_without_any_running_service_fails_the_decky()
    {
        scene.Stop("web-ssh", 2);
        scene.Lose("web-http");

        Assert.Equal((DeckyState.Failed, "web-ssh exited with code 2; web-http is missing"), Judged());
    }

    [Theory]
    [InlineData(ContainerState.Paused, "web-ssh is paused")]
    [InlineData(ContainerState.Restarting, "web-ssh keeps restarting")]
    [InlineData(ContainerState.Created, "web-ssh was never started")]
    [InlineData(ContainerState.Dead, "web-ssh is dead")]
    [InlineData(ContainerState.Removing, "web-ssh is being removed")]
    [InlineData(ContainerState.Unknown, "web-ssh is in a state that is not known")]
    public void One_service_that_does_not_run_degrades_the_decky(ContainerState state, string reason)
    {
        scene.Change("web-ssh", container => container with { State = state });

        Assert.Equal((DeckyState.Degraded, reason), Judged());
    }

    [Fact]
    public void An_unhealthy_service_degrades_the_decky()
    {
        scene.Change("web-http", container => container with { Health = ContainerHealth.Unhealthy });

        Assert.Equal((DeckyState.Degraded, "web-http is unhealthy"), Judged());
    }

    [Fact]
    public void A_service_in_the_network_of_another_base_does_not_count_as_running()
    {
        scene.Change("web-http", container => container with { NetworkContainerId = "gone" });

        Assert.Equal((DeckyState.Degraded, "web-http runs in the network of a base container that is gone"), Judged());
    }

    [Fact]
    public void A_service_in_a_network_that_its_base_has_left_does_not_count_as_running()
    {
        scene.Change("web-http", container => container with { NetworkLost = true });

        Assert.Equal((DeckyState.Degraded, "web-http runs in a network that its base container has left"), Judged());
    }

    [Fact]
    public void A_decky_whose_services_all_lost_their_network_has_failed()
    {
        scene.Change("web-ssh", container => container with { NetworkLost = true });
        scene.Change("web-http", container => container with { NetworkLost = true });

        Assert.Equal(DeckyState.Failed, Judged().State);
    }

    [Fact]
    public void A_decky_whose_base_was_taken_off_its_network_has_failed()
    {
        scene.Change("web", container => container with { NetworkLost = true });

        Assert.Equal((DeckyState.Failed, "web is not attached to its network any more"), Judged());
    }

    [Fact]
    public void A_plan_from_before_a_network_was_lost_is_stale()
    {
        var before = scene.Plan().Fingerprint;
        scene.Change("web-http", container => container with { NetworkLost = true });

        Assert.NotEqual(before, scene.Plan().Fingerprint);
    }

    [Fact]
    public void An_outdated_container_is_named_although_the_decky_runs()
    {
        scene.Change("web-http", container => container with { ConfigHash = "d1-other" });

        var step = Assert.Single(scene.Plan().Steps);

        Assert.Equal((PlanAction.UpdateReason, "web-http has an outdated configuration"), (step.Action, step.RowReason));
    }

    [Fact]
    [Trait("Weakness", "L-1.2")]
    public void A_fleet_singleton_is_not_expected()
    {
        var lone = new Scene(Sample.Decky("web", "198.18.0.10", "ssh", "sniffer"));

        Assert.True(lone.Plan(RepairMode.Recreate).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-0.4")]
    [Trait("Weakness", "W-35")]
    public void Identity_comes_from_labels_and_not_from_names()
    {
        var relay = new Scene(Sample.Decky("mail", "198.18.0.10", "smtp_relay"));
        relay.Change("mail-smtp-relay", container => container with { Name = "mail-smtp_relay", ConfigHash = null, HostId = null });

        Assert.True(relay.Plan(RepairMode.Recreate).IsConverged);
    }

    [Fact]
    public void A_container_that_others_made_is_not_outdated()
    {
        scene.Change("web-ssh", container => container with { ConfigHash = null, HostId = null });

        Assert.True(scene.Plan(RepairMode.Recreate).IsConverged);
    }

    [Fact]
    public void A_reason_that_still_holds_is_not_written_again()
    {
        scene.Stop("web-ssh", 2);
        scene.Rows[0] = scene.Rows[0] with { State = DeckyState.Degraded, Reason = "web-ssh exited with code 2" };

        Assert.Empty(scene.Plan().Steps);

        scene.Stop("web-ssh", 3);
        Assert.Equal(PlanAction.UpdateReason, Assert.Single(scene.Plan().Steps).Action);
    }

    (DeckyState? State, string? Reason) Judged()
    {
        var step = Assert.Single(scene.Plan().Steps);
        Assert.Equal(PlanAction.UpdateState, step.Action);
        return (step.State, step.RowReason);
    }
}
