namespace Decnet.Fleet.Swarm.Tests.Agents;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Testing;
using Xunit;

/// <summary>What an agent does with commands, on every kind of store.</summary>
public abstract class AgentServiceContract(StoreKind kind)
{
    [Fact]
    public async Task A_deploy_is_accepted_and_then_done()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var order = AgentLab.Order("web-01", services: ["ssh", "http"]);

        var reply = await lab.Agent.DeployAsync(AgentLab.Deploy(order));

        Assert.True(reply.Accepted);
        var item = Assert.Single(reply.Deckies);
        Assert.Equal((order.OperationId, "web-01", "deploy", "198.19.7.3"), (item.OperationId, item.Name.Value, item.Action, item.Address!.ToString()));
        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await lab.EndAsync([order.OperationId])).Status);
        Assert.Equal(["web-01", "web-01-http", "web-01-ssh"], lab.Containers());
        var fleet = await lab.FleetAsync();
        Assert.Equal(("lan0", "198.19.7.0/24", "198.19.7.1"), (fleet.Interface, fleet.Subnet.ToString(), fleet.Gateway.ToString()));
        Assert.Null(Assert.Single(fleet.Deckies).HostId);
    }

    [Fact]
    public async Task When_the_answer_is_there_the_operations_are_recorded()
    {
        await using var lab = await AgentLab.OpenAsync(kind, new AgentLabOptions { Held = true });
        var orders = new[] { AgentLab.Order("web-01"), AgentLab.Order("web-02") };

        await lab.Agent.DeployAsync(AgentLab.Deploy(orders));

        var recorded = await lab.OperationsAsync([.. orders.Select(order => order.OperationId)]);
        Assert.Equal(2, recorded.Count);
        Assert.All(recorded, operation => Assert.Equal((OperationKind.Deploy, OperationStatus.Pending), (operation.Kind, operation.Status)));
        Assert.Empty(lab.Containers());
    }

    [Fact]
    public async Task A_command_that_is_repeated_begins_nothing_and_gets_the_same_answer()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var command = AgentLab.Deploy(AgentLab.Order("web-01"), AgentLab.Order("web-02"));

        var first = await lab.Agent.DeployAsync(command);
        var during = await lab.Agent.DeployAsync(command);
        await lab.EndAsync(command.Orders.Select(order => order.OperationId));
        var requests = lab.Runtime.Requests;
        var after = await lab.Agent.DeployAsync(command);

        Assert.Equal(first, during);
        Assert.Equal(first, after);
        Assert.Equal(requests.Total, lab.Runtime.Requests.Total);
        Assert.Equal(2, (await lab.OperationsAsync()).Count);
    }

    [Fact]
    public async Task A_command_is_known_after_a_restart()
    {
        var lab = await AgentLab.OpenAsync(kind);
        var deploy = AgentLab.Deploy(AgentLab.Order("web-01"));
        var first = await lab.Agent.DeployAsync(deploy);
        await lab.EndAsync([first.Deckies[0].OperationId]);

        await using var again = await lab.RestartAsync();
        Assert.Equal(first, await again.Agent.DeployAsync(deploy));
        Assert.Single(await again.OperationsAsync());
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task Two_equal_commands_at_once_start_one_work()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var command = AgentLab.Deploy([.. Enumerable.Range(1, 5).Select(i => AgentLab.Order($"web-{i:00}"))]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => lab.Agent.DeployAsync(command))));

        Assert.Single(replies.Distinct());
        var ended = await lab.EndAsync(command.Orders.Select(order => order.OperationId));
        Assert.All(ended, operation => Assert.Equal(OperationStatus.Succeeded, operation.Status));
        Assert.Equal(5, (await lab.OperationsAsync()).Count);
        Assert.Equal(15, lab.Containers().Length);
    }

    [Fact]
    public async Task Two_deckies_at_once_never_get_the_same_address()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var orders = Enumerable.Range(1, 6).Select(i => AgentLab.Order($"web-{i:00}")).ToArray();

        await Task.WhenAll(orders.Select(order => Task.Run(() => lab.Agent.DeployAsync(AgentLab.Deploy(order)))));

        Assert.All(await lab.EndAsync(orders.Select(order => order.OperationId)), operation => Assert.Equal(OperationStatus.Succeeded, operation.Status));
        Assert.Equal(6, (await lab.FleetAsync()).Deckies.Select(decky => decky.IPAddress).Distinct().Count());
    }

    [Fact]
    public async Task A_decky_with_an_open_operation_is_a_conflict_that_names_it()
    {
        await using var lab = await AgentLab.OpenAsync(kind, new AgentLabOptions { Held = true, LockWait = TimeSpan.Zero });
        var first = AgentLab.Order("web-01");
        await lab.Agent.DeployAsync(AgentLab.Deploy(first));

        var error = await Assert.ThrowsAsync<OperationConflictException>(() => lab.Agent.TeardownAsync(AgentLab.Teardown("web-01")));

        Assert.Equal(first.OperationId, Assert.Single(error.Open).Id);
        Assert.Contains("'web-01'", error.Message);
        Assert.Contains(first.OperationId.ToString(), error.Message);
        Assert.Single(await lab.OperationsAsync());
    }

    [Fact]
    public async Task An_operation_that_a_process_left_behind_is_no_conflict()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var left = Sample.Operation("web-01", Sample.Now.AddYears(9)) with { HostId = AgentLab.Host };
        await lab.Store.CommitAsync([new StateChange.AddOperation(left)], Sample.Now);
        var order = AgentLab.Order("web-01");

        await lab.DeployAsync(order);

        Assert.Equal(OperationStatus.Failed, Assert.Single(await lab.OperationsAsync(left.Id)).Status);
        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await lab.OperationsAsync(order.OperationId)).Status);
    }

    [Fact]
    public async Task While_somebody_works_on_other_deckies_the_fleet_is_locked()
    {
        await using var lab = await AgentLab.OpenAsync(kind, new AgentLabOptions { Held = true, LockWait = TimeSpan.FromMilliseconds(50) });
        await lab.Agent.DeployAsync(AgentLab.Deploy(AgentLab.Order("web-01")));
        var other = AgentLab.Deploy(AgentLab.Order("web-02"));

        await Assert.ThrowsAsync<FleetLockedException>(() => lab.Agent.DeployAsync(other));

        Assert.Single(await lab.OperationsAsync());
        lab.Options.Release();
        await lab.EndAsync([(await lab.OperationsAsync())[0].Id]);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await lab.Agent.DeployAsync(other)).Accepted;
            }
            catch (FleetLockedException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Ids_that_are_partly_known_are_refused()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var known = AgentLab.Order("web-01");
        await lab.DeployAsync(known);

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.DeployAsync(AgentLab.Deploy(known, AgentLab.Order("web-02"))));

        Assert.Equal(("operations-partly-known", "web-02"), (error.Errors.Single().Code, error.Errors.Single().Target));
        Assert.Single((await lab.FleetAsync()).Deckies);
    }

    [Fact]
    public async Task An_id_that_is_known_for_something_else_is_refused()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        var known = AgentLab.Order("web-01");
        await lab.DeployAsync(known);
        var otherKind = new TeardownCommand { Version = "1", Orders = [new TeardownOrder(known.OperationId, known.Decky.Name)] };
        var otherName = AgentLab.Deploy(new DeployOrder(known.OperationId, Sample.Decky("web-02", "198.18.0.7")));

        var errors = new[]
        {
            await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.TeardownAsync(otherKind)),
            await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.DeployAsync(otherName)),
        };

        Assert.All(errors, error => Assert.Equal("operation-differs", error.Errors.Single().Code));
    }

    [Fact]
    public async Task A_command_tells_all_that_is_wrong_with_it_at_once()
    {
        await using var lab = await AgentLab.OpenAsync(kind, new AgentLabOptions { Detect = static (_, _) => throw new DecnetException("There is no default route.") });
        var twice = Guid.NewGuid();
        var command = AgentLab.Deploy(
            new DeployOrder(twice, Sample.Decky("web-01", "198.18.0.7", "nonsense")),
            new DeployOrder(twice, Sample.Decky("web-02", "198.18.0.8", "ssh", "ssh")),
            new DeployOrder(Guid.Empty, Sample.Decky("web-02", "198.18.0.9"))) with { Version = "0" };

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.DeployAsync(command));

        string[] expected = ["unknown-version", "duplicate-operation-id", "no-operation-id", "duplicate-name", "unknown-service", "duplicate-service", "no-network"];
        Assert.Equal(expected.Order(), error.Errors.Select(issue => issue.Code).Distinct().Order());
        Assert.Empty(await lab.OperationsAsync());
    }

    [Fact]
    public async Task A_command_for_nobody_or_for_too_many_is_refused()
    {
        await using var lab = await AgentLab.OpenAsync(kind);

        var none = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.TeardownAsync(AgentLab.Teardown()));
        var many = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.TeardownAsync(
            AgentLab.Teardown([.. Enumerable.Range(0, SwarmProtocol.MaxDeckies + 1).Select(i => $"d{i}")])));

        Assert.Equal("no-orders", none.Errors.Single().Code);
        Assert.Equal("too-many-orders", many.Errors.Single().Code);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_done_and_changes_nothing()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"), AgentLab.Order("web-02"));
        await using var held = await lab.Lock.AcquireAsync("a test", TimeSpan.FromSeconds(30));
        var before = (await lab.Events.GetLastSequenceAsync(), ((DesiredState.Known)await lab.File.LoadAsync()).Generation, string.Join(' ', lab.Containers()));

        var reply = await lab.Agent.DeployAsync(AgentLab.Deploy(AgentLab.Order("web-01"), AgentLab.Order("web-02", services: "telnet"), AgentLab.Order("web-03")) with { DryRun = true });
        var mutate = await lab.Agent.MutateAsync(AgentLab.Mutate("web-01", "telnet") with { DryRun = true });
        var teardown = await lab.Agent.TeardownAsync(AgentLab.Teardown("web-01", "web-09") with { DryRun = true });

        Assert.False(reply.Accepted);
        Assert.Equal(["keep 198.19.7.3", "change 198.19.7.4", "add 198.19.7.5"], reply.Deckies.Select(item => $"{item.Action} {item.Address}"));
        Assert.Equal("mutate", mutate.Deckies.Single().Action);
        Assert.Equal(["remove", "keep"], teardown.Deckies.Select(item => item.Action));
        Assert.Equal(before, (await lab.Events.GetLastSequenceAsync(), ((DesiredState.Known)await lab.File.LoadAsync()).Generation, string.Join(' ', lab.Containers())));
    }

    [Fact]
    public async Task A_decky_that_is_as_it_should_be_has_an_operation_that_succeeds()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"));
        var again = AgentLab.Order("web-01");

        await lab.DeployAsync(again);

        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await lab.OperationsAsync(again.OperationId)).Status);
    }

    [Fact]
    public async Task A_deploy_changes_deckies_of_the_same_name_and_leaves_the_others()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"), AgentLab.Order("web-02"));

        await lab.DeployAsync(AgentLab.Order("web-02", services: "telnet"));

        Assert.Equal(["web-01", "web-01-http", "web-01-ssh", "web-02", "web-02-telnet"], lab.Containers());
        Assert.Equal("198.19.7.4", await lab.AddressOfAsync("web-02"));
    }

    [Fact]
    public async Task Services_are_changed_with_the_operation_of_the_master()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"));
        var command = AgentLab.Mutate("web-01", "telnet");

        var reply = await lab.Agent.MutateAsync(command);

        Assert.Equal(("mutate", "198.19.7.3"), (reply.Deckies.Single().Action, reply.Deckies.Single().Address!.ToString()));
        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await lab.EndAsync([command.Orders[0].OperationId])).Status);
        Assert.Equal(["web-01", "web-01-telnet"], lab.Containers());
        Assert.Equal(reply, await lab.Agent.MutateAsync(command));
    }

    [Fact]
    public async Task Services_that_cannot_be_and_deckies_that_are_not_there_are_refused_together()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"));
        var command = AgentLab.Mutate("web-01") with
        {
            Orders = [AgentLab.Mutate("web-01").Orders[0], AgentLab.Mutate("web-09", "ssh").Orders[0]],
        };

        var error = await Assert.ThrowsAsync<FleetValidationException>(() => lab.Agent.MutateAsync(command));

        Assert.Equal(["no-services", "unknown-decky"], error.Errors.Select(issue => issue.Code));
    }

    [Fact]
    public async Task What_is_not_there_counts_as_removed()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"));
        var command = AgentLab.Teardown("web-01", "web-09");

        var reply = await lab.Agent.TeardownAsync(command);

        Assert.Equal(["teardown", "teardown"], reply.Deckies.Select(item => item.Action));
        Assert.All(await lab.EndAsync(command.Orders.Select(order => order.OperationId)), operation => Assert.Equal(OperationStatus.Succeeded, operation.Status));
        Assert.Empty(lab.Containers());
        Assert.Equal(reply, await lab.Agent.TeardownAsync(command));
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_end_the_work()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        using var impatient = new CancellationTokenSource();
        var order = AgentLab.Order("web-01");
        var accepting = lab.Agent.DeployAsync(AgentLab.Deploy(order), impatient.Token);
        await impatient.CancelAsync();
        try
        {
            await accepting;
        }
        catch (OperationCanceledException)
        {
            // Whether it was in time does not matter: the command is either unknown, or done to its end.
        }

        await lab.DeployAsync(order);
        Assert.Equal(OperationStatus.Succeeded, Assert.Single(await lab.OperationsAsync(order.OperationId)).Status);
    }

    [Fact]
    public async Task An_agent_that_ends_ends_its_work_in_an_orderly_way()
    {
        var lab = await AgentLab.OpenAsync(kind);
        lab.Runtime.Delay(TimeSpan.FromMilliseconds(200));
        var order = AgentLab.Order("web-01");
        await lab.Agent.DeployAsync(AgentLab.Deploy(order));

        await lab.Agent.DisposeAsync();

        var operation = Assert.Single(await lab.OperationsAsync(order.OperationId));
        Assert.Equal(OperationStatus.Failed, operation.Status);
        Assert.StartsWith("cancelled", operation.Error);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.Agent.DeployAsync(AgentLab.Deploy(AgentLab.Order("web-02"))));
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task The_status_tells_of_deckies_network_and_what_waits_to_be_acknowledged()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("web-01"));
        lab.Runtime.Crash("web-01-ssh");

        var status = await lab.Agent.StatusAsync();

        var decky = Assert.Single(status.Deckies);
        Assert.Equal(("web-01", DeckyState.Degraded, "198.19.7.3"), (decky.Name.Value, decky.State, decky.Address.ToString()));
        Assert.Contains("web-01-ssh", decky.Reason);
        Assert.Equal(("h1", "1.2.3", "198.19.7.0/24", 1L), (status.HostId.Value, status.AgentVersion, status.Network!.Subnet.ToString(), status.Generation));
        Assert.Equal(2, status.Unacknowledged);
        Assert.Null(status.Problem);
        lab.Runtime.Unreachable("it is away");
        Assert.Contains("it is away", (await lab.Agent.StatusAsync()).Problem);
    }

    [Fact]
    public async Task Fifty_deckies_are_accepted_at_once()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        await lab.DeployAsync(AgentLab.Order("first"));
        var command = AgentLab.Deploy([.. Enumerable.Range(1, 50).Select(i => AgentLab.Order($"web-{i:00}"))]);
        var begin = TimeProvider.System.GetTimestamp();

        var reply = await lab.Agent.DeployAsync(command);

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: 50 deckies accepted in {TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds:0} ms");
        Assert.Equal(50, reply.Deckies.Count);
        Assert.Equal(50, reply.Deckies.Select(item => item.Address).Distinct().Count());
    }

    [Fact]
    public async Task It_says_that_it_is_there()
    {
        await using var lab = await AgentLab.OpenAsync(kind);
        Assert.Equal(new PeerHealth("1", "ok", "agent"), lab.Agent.Health);
    }
}
