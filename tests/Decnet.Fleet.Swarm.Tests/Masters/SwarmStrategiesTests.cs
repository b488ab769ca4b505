namespace Decnet.Fleet.Swarm.Tests.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Testing;
using Xunit;
using static MasterLab;

/// <summary>What a master hands over to hosts, through a real <see cref="FleetService"/>.</summary>
public sealed class SwarmStrategiesTests
{
    static readonly Decky Web = On(HostA, "web");
    static readonly Decky Mail = On(HostB, "mail");

    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Each_host_gets_one_request_with_its_deckies(StoreKind kind)
    {
        await using var lab = await NewAsync(kind);
        await lab.AddHostsAsync(HostA, HostB);
        var dns = On(HostA, "dns");

        var result = await lab.NewService().DeployAsync(Sample.Fleet(Web, Mail, dns));

        var toA = Assert.Single(lab.Agents.Sent<DeployCommand>("host-a"));
        Assert.Equal(["web", "dns"], toA.Orders.Select(order => order.Decky.Name.Value));
        Assert.Equal(["mail"], Assert.Single(lab.Agents.Sent<DeployCommand>("host-b")).Orders.Select(order => order.Decky.Name.Value));
        Assert.Equal((SwarmProtocol.Version, "198.18.0.0/16", NetworkDriver.Bridge, false), (toA.Version, toA.Network.Subnet.ToString(), toA.Network.Driver, toA.DryRun));
        Assert.All(result.Operations, operation => Assert.Equal(OperationStatus.Running, operation.Status));
        Assert.Equal(
            result.Operations.Select(operation => operation.Id).Order(),
            lab.Agents.Sent<DeployCommand>().SelectMany(command => command.Orders).Select(order => order.OperationId).Order());
    }

    [Fact]
    public async Task A_host_that_refuses_fails_its_own_operations_alone_with_all_its_reasons()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        lab.Agents.Fail("host-a", new RequestRefusedException("host-a", new SwarmProblem
        {
            Type = "urn:decnet:problem:invalid",
            Title = "Unprocessable",
            Status = 422,
            Errors = [new SwarmProblemError("a", "No room.", "make some"), new SwarmProblemError("b", "No network.")],
        }));

        var result = await lab.NewService().DeployAsync(Sample.Fleet(Web, Mail));

        var (failed, running) = (result.Operations.Single(operation => operation.HostId == HostA), result.Operations.Single(operation => operation.HostId == HostB));
        Assert.Equal(OperationStatus.Running, running.Status);
        Assert.Equal("The host host-a has not accepted it. host-a refused it (422 Unprocessable): No room. (make some) No network.", failed.Error);
        Assert.Single(lab.Agents.Sent<DeployCommand>("host-a"));
        var row = await lab.RowAsync(HostA, "web");
        Assert.Equal((DeckyState.Failed, "its host has not accepted it"), (row!.State, row.Reason));
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_asked_again_with_the_same_identities()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        lab.Agents.Fail("host-a", Unreachable(), Unreachable());

        var result = await AdvancingAsync(lab, lab.NewService().DeployAsync(Sample.Fleet(Web)));

        Assert.Equal(OperationStatus.Running, Assert.Single(result.Operations).Status);
        var sent = lab.Agents.Sent<DeployCommand>().ToArray();
        Assert.Equal(3, sent.Length);
        Assert.Single(sent.Select(command => command.Orders[0].OperationId).Distinct());
    }

    [Fact]
    public async Task A_host_that_never_answers_is_given_up_when_the_window_is_over()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        lab.Agents.Fail("host-a", [.. Enumerable.Repeat(Unreachable(), 1000)]);

        var result = await AdvancingAsync(lab, lab.NewService().DeployAsync(Sample.Fleet(Web, Mail)));

        var failed = result.Operations.Single(operation => operation.HostId == HostA);
        Assert.Equal(OperationStatus.Failed, failed.Status);
        Assert.StartsWith("The host host-a has not accepted it. host-a (198.18.250.2:8765) does not answer. It was tried ", failed.Error, StringComparison.Ordinal);
        Assert.Equal(OperationStatus.Running, result.Operations.Single(operation => operation.HostId == HostB).Status);
    }

    [Fact]
    public async Task A_host_says_how_long_to_wait()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        lab.Agents.Fail("host-a", new PeerUnreachableException("host-a", "busy") { RetryAfter = TimeSpan.FromSeconds(20) });
        var start = lab.Clock.GetUtcNow();

        await AdvancingAsync(lab, lab.NewService().DeployAsync(Sample.Fleet(Web)));

        Assert.True(lab.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_host_that_asks_for_more_patience_than_there_is_fails_at_once()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        lab.Agents.Fail("host-a", new PeerUnreachableException("host-a", "busy") { RetryAfter = TimeSpan.FromHours(1) });

        var result = await lab.NewService().DeployAsync(Sample.Fleet(Web));

        Assert.Equal("The host host-a has not accepted it. busy", Assert.Single(result.Operations).Error);
    }

    [Fact]
    public async Task Hosts_are_asked_at_the_same_time_but_not_all()
    {
        await using var lab = await NewAsync();
        HostId[] hosts = [.. Enumerable.Range(0, 12).Select(i => HostId.Parse($"h{i}"))];
        await lab.AddHostsAsync(hosts);
        var open = new TaskCompletionSource();
        lab.Agents.Delay = (_, _) => lab.Agents.MostUnderway >= 4 ? Task.CompletedTask : open.Task;

        var deploying = lab.NewService(new SwarmOptions { Parallelism = 4 })
            .DeployAsync(Sample.Fleet(hosts.Select((host, i) => On(host, $"d{(char)('a' + i)}"))));
        await Eventually.TrueAsync(() => Task.FromResult(lab.Agents.MostUnderway == 4));
        open.SetResult();
        var result = await deploying;

        Assert.Equal(4, lab.Agents.MostUnderway);
        Assert.Equal(12, result.Operations.Count(operation => operation.Status == OperationStatus.Running));
    }

    [Fact]
    public async Task A_slow_host_delays_no_other()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA, HostB);
        var slow = new TaskCompletionSource();
        lab.Agents.Delay = (host, _) => host == HostA ? slow.Task : Task.CompletedTask;

        var work = await lab.NewService().BeginDeployAsync(Sample.Fleet(Web, Mail));
        var mail = work.Operations.Single(operation => operation.HostId == HostB);
        await Eventually.TrueAsync(async () => (await lab.OperationAsync(mail.Id)).Status == OperationStatus.Running);

        Assert.False(work.Completion.IsCompleted);
        slow.SetResult();
        await work.Completion;
    }

    [Fact]
    public async Task Hosts_that_cannot_be_asked_are_told_with_what_to_do()
    {
        await using var lab = await NewAsync();
        await lab.Store.CommitAsync(
            [
                new StateChange.PutHost(lab.Host(HostA) with { Fingerprint = null }),
                new StateChange.PutHost(lab.Host(HostB) with { Status = FleetHostStatus.Lost }),
            ],
            lab.Clock.GetUtcNow());
        var ghost = On(HostId.Parse("ghost"), "boo");

        var result = await lab.NewService().DeployAsync(Sample.Fleet(Web, Mail, ghost));

        Assert.Equal(
            [
                "The host host-a has no valid certificate: it was never enrolled, or its certificate was revoked. Enrol it again.",
                "The host host-b is lost: silent since 2026-01-01 00:00:00 UTC. Look after it, or let the decky run on another host.",
                "There is no host 'ghost'. Enrol it, or let the decky run on another host.",
            ],
            result.Operations.Select(operation => operation.Error));
        Assert.Empty(lab.Agents.Commands);
    }

    [Fact]
    public async Task A_teardown_on_a_lost_host_fails_with_a_way_out()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));
        await lab.Store.CommitAsync([new StateChange.AgeHost(await lab.HostAsync(HostA), FleetHostStatus.Lost)], lab.Clock.GetUtcNow());

        var result = await lab.NewService().TeardownAsync([Web.Name]);

        Assert.Contains("decnetd host remove host-a --force", Assert.Single(result.Operations).Error, StringComparison.Ordinal);
        var row = await lab.RowAsync(HostA, "web");
        Assert.Equal((DeckyState.TeardownFailed, "its host was not told to remove it"), (row!.State, row.Reason));
        Assert.Empty((await lab.FleetAsync()).Deckies);
    }

    [Fact]
    public async Task A_teardown_is_handed_over_and_its_report_removes_the_row()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));

        var result = await lab.NewService().TeardownAsync([Web.Name]);
        var operation = Assert.Single(result.Operations);
        var during = await lab.RowAsync(HostA, "web");
        await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA) with { Deltas = [Delta(operation)] });

        Assert.Equal(new TeardownOrder(operation.Id, Web.Name), Assert.Single(Assert.Single(lab.Agents.Sent<TeardownCommand>()).Orders));
        Assert.Equal((OperationStatus.Running, DeckyState.TearingDown), (operation.Status, during!.State));
        Assert.Null(await lab.RowAsync(HostA, "web"));
    }

    [Fact]
    public async Task A_mutation_is_handed_over_with_the_new_services()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        await lab.ReportAsync(HostA, Running(Web));

        var result = await lab.NewService().MutateAsync([Web.Name], new MutateOptions { Services = ["smtp"] });

        var order = Assert.Single(Assert.Single(lab.Agents.Sent<MutateCommand>()).Orders);
        Assert.Equal((Assert.Single(result.Operations).Id, "web", "smtp"), (order.OperationId, order.Name.Value, Assert.Single(order.Services)));
        Assert.Equal(["smtp"], (await lab.FleetAsync()).Deckies[0].Services);
    }

    [Fact]
    public async Task A_mutation_that_its_host_refuses_gives_the_fleet_file_its_services_back()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync(Web);
        lab.Agents.Fail("host-a", new PeerRefusedException("host-a", "revoked", "Its certificate was revoked."));

        var result = await lab.NewService().MutateAsync([Web.Name], new MutateOptions { Services = ["smtp"] });

        Assert.Equal("The host host-a has not accepted it. Its certificate was revoked.", Assert.Single(result.Operations).Error);
        Assert.Equal(Web.Services, (await lab.FleetAsync()).Deckies[0].Services);
    }

    [Fact]
    public async Task What_a_host_leaves_out_of_its_answer_has_failed()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        lab.Agents.Ignored.Add(Web.Name);

        var result = await lab.NewService().DeployAsync(Sample.Fleet(Web));

        Assert.Equal("The host host-a answered, but did not accept it. Ask for it again.", Assert.Single(result.Operations).Error);
    }

    [Fact]
    public async Task An_end_that_is_reported_before_the_answer_came_stands()
    {
        await using var lab = await NewAsync();
        await lab.AddHostsAsync(HostA);
        await lab.WantAsync();
        lab.Agents.Delay = async (_, _) =>
        {
            var operation = Assert.Single((await lab.Store.ReadAsync(HostA)).OpenOperations);
            await lab.Ledger.ReceiveAsync(HostA, lab.Report(HostA, Running(Web)) with { Deltas = [Delta(operation)] });
        };

        var result = await lab.NewService().DeployAsync(Sample.Fleet(Web));

        Assert.Equal(OperationStatus.Succeeded, Assert.Single(result.Operations).Status);
        Assert.Equal(1, (await lab.EventsAsync()).Count(told => told == "decky.web.lifecycle succeeded"));
    }

    [Fact]
    public void Much_work_for_one_host_is_cut_into_commands_that_it_reads()
    {
        var operation = Sample.Operation("web");
        OperationItem Item(int size) => new(operation, Web with { Hostname = new string('x', size) });

        int[] big = [.. CommandParts.Of([.. Enumerable.Repeat(Item(2 * 1024 * 1024), 7)]).Select(part => part.Count)];
        int[] many = [.. CommandParts.Of([.. Enumerable.Repeat(Item(1) with { Decky = null }, 20_001)]).Select(part => part.Count)];

        Assert.Equal([2, 2, 2, 1], big);
        Assert.Equal([SwarmProtocol.MaxDeckies, SwarmProtocol.MaxDeckies, 1], many);
    }

    static PeerUnreachableException Unreachable() => new("host-a", "host-a (198.18.250.2:8765) does not answer.");

    static async Task<FleetWorkResult> AdvancingAsync(MasterLab lab, Task<FleetWorkResult> work)
    {
        await Eventually.TrueAsync(() =>
        {
            lab.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return Task.FromResult(work.IsCompleted);
        }, TimeSpan.FromMinutes(1));
        return await work;
    }
}
