namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class RemoteWorkTests : IDisposable
{
    readonly MasterLab lab = new();

    [Fact]
    public async Task An_operation_is_followed_until_its_host_has_ended_it()
    {
        await using var local = await lab.OpenAsync();
        var accepted = await AcceptedAsync(local, TimeSpan.FromHours(1));
        var looked = new TaskCompletionSource();

        var follow = RemoteWork.FollowAsync(local, accepted, new Told(_ => looked.TrySetResult()));
        await looked.Task;
        await local.Store.CommitAsync([new StateChange.AdvanceOperation(accepted.Operations[0].Id, OperationStatus.Succeeded)], local.Clock.GetUtcNow());

        Assert.True((await follow).Succeeded);
    }

    [Fact]
    public async Task Nobody_is_waited_for_long_after_the_deadline()
    {
        await using var local = await lab.OpenAsync();
        var accepted = await AcceptedAsync(local, -RemoteWork.Grace - TimeSpan.FromSeconds(1));

        var followed = await RemoteWork.FollowAsync(local, accepted);

        Assert.True(Assert.Single(followed.Operations).IsOpen);
        Assert.False(followed.Succeeded);
    }

    [Fact]
    public async Task To_end_the_wait_leaves_the_work_to_the_hosts()
    {
        await using var local = await lab.OpenAsync();
        var accepted = await AcceptedAsync(local, TimeSpan.FromHours(1));

        var followed = await RemoteWork.FollowAsync(local, accepted, cancellationToken: new CancellationToken(canceled: true));

        Assert.True(Assert.Single(followed.Operations).IsOpen);
        Assert.True(Assert.Single(await local.Store.ListOperationsAsync(new OperationQuery())).IsOpen);
    }

    [Fact]
    public async Task What_has_ended_is_not_asked_for_again()
    {
        await using var local = await lab.OpenAsync();
        var nothing = new FleetWorkResult { Operations = [], Generation = 1 };

        Assert.Same(nothing, await RemoteWork.FollowAsync(local, nothing));
    }

    [Theory]
    [InlineData(RemoteWork.MasterWorker, "local", 0, true)]
    [InlineData(RemoteWork.MasterWorker, "local", 91, false)]
    [InlineData(RemoteWork.MasterWorker, "web-host", 0, false)]
    [InlineData("reconciler", "local", 0, false)]
    public async Task Only_a_master_that_runs_here_hears_of_the_end(string name, string host, int silentFor, bool expected)
    {
        await using var local = await lab.OpenAsync();
        var now = local.Clock.GetUtcNow();
        var beat = now - TimeSpan.FromSeconds(silentFor);
        var worker = new Worker { Name = name, HostId = HostId.Parse(host), ProcessId = 1, StartedAt = beat, LastBeat = beat };
        await local.Store.CommitAsync([new StateChange.PutWorker(worker)], now);

        Assert.Equal(expected, await RemoteWork.IsHeardOfAsync(local));
    }

    public void Dispose() => lab.Dispose();

    /// <summary>Work of one operation that a host has accepted.</summary>
    static async Task<FleetWorkResult> AcceptedAsync(LocalFleet local, TimeSpan left)
    {
        var now = local.Clock.GetUtcNow();
        var operation = Sample.Operation("web-01", now + left) with { HostId = HostId.Parse("web-host"), CreatedAt = now, UpdatedAt = now };
        await local.Store.CommitAsync([new StateChange.AddOperation(operation)], now);
        return new FleetWorkResult { Operations = [operation], Generation = 1 };
    }

    /// <summary>Tells of the first look, so that the end comes after it.</summary>
    sealed class Told(Action<Operation> tell) : IProgress<DeployProgress>
    {
        public void Report(DeployProgress value) => tell(value.Operation);
    }
}
