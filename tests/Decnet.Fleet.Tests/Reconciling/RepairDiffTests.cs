namespace Decnet.Fleet.Tests.Reconciling;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class RepairDiffTests
{
    readonly Scene scene = new(Sample.Decky("web", "198.18.0.10", "ssh", "http"), Sample.Decky("db", "198.18.0.11", "mysql"));

    [Theory]
    [InlineData(RepairMode.Off, null)]
    [InlineData(RepairMode.Restart, PlanAction.StartContainer)]
    [InlineData(RepairMode.Recreate, PlanAction.StartContainer)]
    public void A_stopped_service_is_started(RepairMode mode, PlanAction? expected)
    {
        scene.Stop("web-ssh");

        Assert.Equal(expected, OnlyRepair(mode)?.Action);
    }

    [Theory]
    [InlineData(RepairMode.Off, null)]
    [InlineData(RepairMode.Restart, PlanAction.StartContainer)]
    [InlineData(RepairMode.Recreate, PlanAction.StartContainer)]
    public void A_service_that_lost_its_network_is_started_anew(RepairMode mode, PlanAction? expected)
    {
        scene.Change("web-ssh", container => container with { NetworkLost = true });

        var step = OnlyRepair(mode);

        Assert.Equal(expected, step?.Action);
        Assert.Equal(expected is null ? null : "web-ssh runs in a network that its base container has left", step?.Reason);
    }

    [Fact]
    public void A_service_that_lost_its_network_and_is_outdated_is_replaced()
    {
        scene.Change("web-ssh", container => container with { NetworkLost = true, ConfigHash = "d1-other" });

        Assert.Equal(PlanAction.ReplaceContainer, OnlyRepair(RepairMode.Recreate)?.Action);
        Assert.Equal(PlanAction.StartContainer, OnlyRepair(RepairMode.Restart)?.Action);
    }

    [Theory]
    [InlineData(RepairMode.Off, null)]
    [InlineData(RepairMode.Restart, null)]
    [InlineData(RepairMode.Recreate, PlanAction.ReplaceDecky)]
    public void A_decky_whose_base_was_taken_off_its_network_is_made_anew(RepairMode mode, PlanAction? expected)
    {
        scene.Change("web", container => container with { NetworkLost = true });

        var step = OnlyRepair(mode);

        Assert.Equal(expected, step?.Action);
        Assert.Equal(expected is null ? null : "web is not attached to its network any more", step?.Reason);
    }

    [Theory]
    [InlineData(RepairMode.Restart, null)]
    [InlineData(RepairMode.Recreate, PlanAction.ReplaceContainer)]
    public void A_missing_service_is_made(RepairMode mode, PlanAction? expected)
    {
        scene.Lose("web-ssh");

        Assert.Equal(expected, OnlyRepair(mode)?.Action);
    }

    [Theory]
    [InlineData(RepairMode.Restart, null)]
    [InlineData(RepairMode.Recreate, PlanAction.ReplaceContainer)]
    public void An_outdated_service_is_replaced(RepairMode mode, PlanAction? expected)
    {
        scene.Change("web-ssh", container => container with { ConfigHash = "d1-other" });

        Assert.Equal(expected, OnlyRepair(mode)?.Action);
    }

    [Theory]
    [InlineData("web-ssh", PlanAction.StartContainer)]
    [InlineData("web", PlanAction.RestartDecky)]
    public void A_mode_that_only_starts_containers_starts_outdated_ones_too(string container, PlanAction expected)
    {
        scene.Stop(container);
        scene.Change(container, found => found with { ConfigHash = "d1-other" });

        Assert.Equal(expected, OnlyRepair(RepairMode.Restart)?.Action);
    }

    [Fact]
    public void An_outdated_base_does_not_keep_its_services_stopped()
    {
        scene.Stop("web-ssh");
        scene.Change("web", found => found with { ConfigHash = "d1-other" });

        Assert.Equal("web-ssh", OnlyRepair(RepairMode.Restart)?.Container);
    }

    [Theory]
    [InlineData(RepairMode.Restart, PlanAction.RestartDecky)]
    [InlineData(RepairMode.Recreate, PlanAction.ReplaceDecky)]
    public void A_stopped_base_concerns_the_whole_decky(RepairMode mode, PlanAction expected)
    {
        scene.Stop("web");

        var step = OnlyRepair(mode);

        Assert.Equal((expected, "web"), (step?.Action, step?.DeckyName));
    }

    [Theory]
    [InlineData(RepairMode.Restart, null)]
    [InlineData(RepairMode.Recreate, PlanAction.ReplaceDecky)]
    public void A_missing_base_replaces_the_whole_decky(RepairMode mode, PlanAction? expected)
    {
        scene.Lose("web");

        Assert.Equal(expected, OnlyRepair(mode)?.Action);
    }

    [Fact]
    [Trait("Weakness", "W-47")]
    [Trait("Weakness", "L-2.1")]
    public void Adding_a_decky_touches_that_decky_only()
    {
        scene.Want([.. scene.Fleet.Deckies, Sample.Decky("new", "198.18.0.12")]);

        var repairs = scene.Plan(RepairMode.Recreate).Steps.Where(step => !step.IsRecord);

        Assert.Equal("new", Assert.Single(repairs).DeckyName);
    }

    [Fact]
    public void A_service_that_the_decky_no_longer_has_is_removed()
    {
        scene.Want(scene.Fleet.Deckies.Select(decky => decky.Name.Value == "web" ? decky with { Services = ["ssh"] } : decky));

        var step = OnlyRepair(RepairMode.Recreate);

        Assert.Equal((PlanAction.RemoveContainer, "web-http"), (step?.Action, step?.Container));
    }

    [Fact]
    public void What_an_interrupted_replacement_left_is_removed()
    {
        var left = scene.Containers.First(container => container.Name == "web-ssh") with { Id = "left", Name = "web-ssh-old-abc" };
        scene.Containers.Insert(0, left);

        var step = OnlyRepair(RepairMode.Recreate);

        Assert.Equal((PlanAction.RemoveContainer, "left"), (step?.Action, step?.ContainerId));
    }

    [Fact]
    public void A_running_container_that_was_set_aside_stays_and_gets_its_name_back()
    {
        scene.Change("web-ssh", container => container with { Name = "web-ssh-old-abc" });
        scene.Containers.Add(scene.Containers.First(container => container.Name == "web-ssh-old-abc") with
        {
            Id = "new", Name = "web-ssh", State = ContainerState.Created,
        });

        var steps = scene.Plan(RepairMode.Recreate).Steps;

        Assert.Equal(
            [(PlanAction.RemoveContainer, "new"), (PlanAction.RenameContainer, "id-web-ssh")],
            steps.Select(step => (step.Action, step.ContainerId)));
    }

    [Fact]
    public void A_container_that_the_engine_is_busy_with_is_left_to_it()
    {
        scene.Change("web-ssh", container => container with { State = ContainerState.Restarting });
        scene.Change("db", container => container with { State = ContainerState.Removing });

        Assert.DoesNotContain(scene.Plan(RepairMode.Recreate).Steps, step => !step.IsRecord);
    }

    [Fact]
    public void A_repair_that_is_not_due_is_held_with_its_time()
    {
        scene.Stop("web-ssh");
        var due = Sample.Now.AddSeconds(10);
        scene.Repairs[DeckyName.Parse("web")] = new RepairHistory(2, due, "no such image");

        var plan = scene.Plan(RepairMode.Recreate);

        Assert.DoesNotContain(plan.Steps, step => !step.IsRecord);
        Assert.Equal((HoldKind.RepairBackoff, due), (Assert.Single(plan.Holds).Kind, plan.Holds[0].Until));
        Assert.Contains("repair failed: no such image", Assert.Single(plan.Steps).RowReason, StringComparison.Ordinal);
    }

    PlanStep? OnlyRepair(RepairMode mode) => scene.Plan(mode).Steps.Where(step => !step.IsRecord).SingleOrDefault();
}
