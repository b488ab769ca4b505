namespace Decnet.Daemon.Tests.Commands;

using System.Net.Sockets;
using System.Text;
using Decnet.Daemon.Tests.Support;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class ReconcileCommandTests : IDisposable
{
    const string TwoDeckies = "[general]\nnet = 198.18.0.0/24\ngw = 198.18.0.1\ndriver = bridge\n[web]\nservices = ssh, http\namount = 2\n";

    readonly Lab lab = new();

    [Fact]
    public async Task A_pass_over_a_fleet_that_is_as_it_should_be_exits_with_0()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        await lab.RunAsync("reconcile", "--once");

        var pass = await lab.RunAsync("reconcile", "--once");

        Assert.Equal((0, "Converged: nothing to do."), (pass.Code, pass.Output.TrimEnd()));
    }

    [Fact]
    public async Task A_dry_run_tells_drift_by_4_and_changes_nothing()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        lab.Engine.Crash("web-01-http");
        var before = await EventsAsync();

        var plan = await lab.RunAsync("reconcile", "--once", "--dry-run", "--repair", "restart");

        Assert.Equal(4, plan.Code);
        Assert.Contains(plan.Lines, line => line.StartsWith("start_container", StringComparison.Ordinal) && line.Contains("web-01-http", StringComparison.Ordinal));
        Assert.Equal(before, await EventsAsync());
        Assert.Equal(ContainerState.Exited, lab.Engine.Containers.Single(container => container.Observed.Name == "web-01-http").Observed.State);
    }

    [Fact]
    public async Task A_plan_as_JSON_is_one_line_that_can_be_read_back()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        lab.Engine.Crash("web-01-http");

        var plan = await lab.RunAsync("reconcile", "--once", "--dry-run", "--json");

        Assert.NotEmpty(Decnet.Fleet.Reconciling.ReconcilePlanJson.Read(Assert.Single(plan.Lines)).Steps);
    }

    [Fact]
    public async Task A_repairing_pass_brings_containers_back()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        lab.Engine.RemoveBehindOurBack("web-01-http");

        var pass = await lab.RunAsync("reconcile", "--once", "--repair", "recreate", "--json");

        Assert.Equal(0, pass.Code);
        Assert.Equal(1, Assert.Single(pass.Json).GetProperty("repaired").GetInt32());
        Assert.Equal(6, lab.Engine.Containers.Count);
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public async Task A_lost_fleet_file_holds_a_pass_and_exits_with_3(params string[] more)
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        File.Delete(lab.State.FleetFile);

        var held = await lab.RunAsync(["reconcile", "--once", .. more]);

        Assert.Equal(3, held.Code);
        Assert.Contains("desired_missing", held.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_out_of_reach_and_too_many_deletions_exit_with_3()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        await lab.RunAsync("reconcile", "--once");
        lab.Engine.Unreachable("it is gone");
        Assert.Equal(3, (await lab.RunAsync("reconcile", "--once")).Code);

        lab.Engine.Reachable();
        var fleet = ((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet;
        await lab.FleetFile().SaveAsync(fleet with { Deckies = [fleet.Deckies[0]] });
        var held = await lab.RunAsync("reconcile", "--once", "--max-deletions", "10%");

        Assert.Equal(3, held.Code);
        Assert.Contains("deletion_budget", held.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--interval", "0")]
    [InlineData("--interval", "soon")]
    [InlineData("--interval", "2d")]
    [InlineData("--once", "--interval", "5m")]
    [InlineData("--once", "--shadow")]
    [InlineData("--once", "--mutate")]
    [InlineData("--shadow", "--mutate")]
    [InlineData("--repair", "everything")]
    [InlineData("--max-deletions", "-1")]
    [InlineData("--max-deletions", "120%")]
    [InlineData("--log-level", "loud")]
    [InlineData("--host-id", "a b")]
    [InlineData("--docker-host", "ssh://engine")]
    public async Task What_does_not_fit_exits_with_2(params string[] words)
    {
        var refused = await lab.RunAsync(["reconcile", .. words]);

        Assert.Equal(2, refused.Code);
        Assert.Contains("decnetd reconcile --help", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_worker_mirrors_until_another_process_tells_it_to_stop()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        var console = new TestConsole();
        var working = lab.RunAsync(["reconcile", "--interval", "1h", "--repair", "restart"], console);
        await WorkerAsync("alive");

        lab.Engine.Crash("web-02");
        await Eventually.TrueAsync(() => Task.FromResult(lab.Engine.Containers.Single(container => container.Observed.Name == "web-02").Observed.State == ContainerState.Running));
        var stopped = await lab.RunAsync("stop", "reconciler");

        Assert.Equal(0, stopped.Code);
        Assert.Equal(0, (await working).Code);
        Assert.Contains("told to stop", console.Errors, StringComparison.Ordinal);
        await WorkerAsync("stopped");
    }

    [Fact]
    public async Task The_worker_rotates_services_and_ends_what_others_left_open()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        await lab.RunAsync("reconcile", "--once");
        var left = Sample.Operation("web-02") with { Id = Guid.NewGuid(), Status = OperationStatus.Pending };
        await using var store = await lab.OpenStoreAsync();
        await store.CommitAsync([new StateChange.AddOperation(left)], Sample.Now);
        var fleet = ((DesiredState.Known)await lab.FleetFile().LoadAsync()).Fleet;
        var due = fleet.Deckies[0] with { Archetype = "linux-server", MutateInterval = TimeSpan.FromMinutes(1), LastMutated = Sample.Now };
        await lab.FleetFile().SaveAsync(fleet with { Deckies = [due, fleet.Deckies[1]] });
        using var stop = new CancellationTokenSource();
        var console = new TestConsole();

        var working = lab.RunAsync(["reconcile", "--mutate", "--repair", "recreate"], console, cancellationToken: stop.Token);
        try
        {
            await Eventually.TrueAsync(
                async () => (await store.ListOperationsAsync(new OperationQuery())).Any(operation => operation is { Kind: OperationKind.Mutate, Status: OperationStatus.Succeeded })
                    && !(await store.ListOperationsAsync(new OperationQuery { Ids = [left.Id] }))[0].IsOpen,
                TimeSpan.FromSeconds(30));
        }
        finally
        {
            await stop.CancelAsync();
        }

        Assert.Equal(0, (await working).Code);
    }

    [Fact]
    public async Task A_shadow_tells_what_it_would_do_and_does_nothing()
    {
        await lab.RunAsync("deploy", lab.Ini(TwoDeckies));
        lab.Engine.Crash("web-02");
        using var stop = new CancellationTokenSource();
        var console = new TestConsole();

        var working = lab.RunAsync(["reconcile", "--shadow", "--repair", "recreate", "--json"], console, cancellationToken: stop.Token);
        await Eventually.TrueAsync(() => Task.FromResult(console.Out.Contains("\"steps\"", StringComparison.Ordinal)));
        await stop.CancelAsync();

        Assert.Equal(0, (await working).Code);
        Assert.NotEmpty((await working).Json[0].GetProperty("steps").EnumerateArray());
        Assert.Equal(ContainerState.Exited, lab.Engine.Containers.Single(container => container.Observed.Name == "web-02").Observed.State);
    }

    [Fact]
    public async Task Stopping_a_worker_that_does_not_run_exits_with_2_and_lists_those_that_do()
    {
        using var stop = new CancellationTokenSource();
        var working = lab.RunAsync(["reconcile"], new TestConsole(), cancellationToken: stop.Token);
        await WorkerAsync("alive");

        var refused = await lab.RunAsync("stop", "recoinciler");
        await stop.CancelAsync();

        Assert.Equal(2, refused.Code);
        Assert.Contains("reconciler", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await working).Code);
    }

    [Fact]
    public async Task The_service_manager_is_told_of_readiness_and_of_the_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no service manager that listens at a socket.");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        lab.Variables["NOTIFY_SOCKET"] = lab.File("notify");
        manager.Bind(new UnixDomainSocketEndPoint(lab.Variables["NOTIFY_SOCKET"]));
        using var stop = new CancellationTokenSource();

        var working = lab.RunAsync(["reconcile"], new TestConsole(), cancellationToken: stop.Token);
        var told = new StringBuilder();
        await ReceiveAsync("READY=1");
        await ReceiveAsync("WATCHDOG=1");
        await stop.CancelAsync();
        await ReceiveAsync("STOPPING=1");

        Assert.Equal(0, (await working).Code);

        async Task ReceiveAsync(string wanted)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var buffer = new byte[4096];
            while (!told.ToString().Contains(wanted, StringComparison.Ordinal))
            {
                var count = await manager.ReceiveAsync(buffer, patience.Token);
                told.Append(Encoding.UTF8.GetString(buffer, 0, count)).Append('\n');
            }
        }
    }

    public void Dispose() => lab.Dispose();

    async Task<long> EventsAsync()
    {
        await using var store = await lab.OpenStoreAsync();
        return await store.GetLastSequenceAsync();
    }

    Task WorkerAsync(string status) => Eventually.TrueAsync(async () =>
        (await lab.RunAsync("status", "--json")).Json.Any(line =>
            line.GetProperty("kind").GetString() == "worker" && line.GetProperty("status").GetString() == status));
}
