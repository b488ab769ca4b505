namespace Decnet.Fleet.Tests.Operations;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Fleet.Tests.Reconciling;
using Decnet.Fleet.InMemory;
using Decnet.Testing;
using Xunit;

public sealed class MutateWaveTests : IAsyncLifetime
{
    static readonly MutateOptions ToFtp = new() { Services = ["ftp"] };

    readonly Workshop shop = new();

    public async ValueTask InitializeAsync() => await shop.DeployAsync(Sample.Deckies(12));

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task No_more_deckies_change_at_once_than_the_budget_allows(int budget)
    {
        shop.Runtime.LetDie("decky-04-ftp", 1, "no");
        var seen = new ConcurrentBag<(int Running, int Changing)>();
        var tampered = new TamperedRuntime(shop.Runtime) { Before = async (_, _) => seen.Add(await LookAsync()) };
        await using var service = Service(tampered, budget);

        var result = await service.MutateAsync([.. (await shop.FleetAsync()).Deckies.Select(decky => decky.Name)], ToFtp);

        Assert.Equal(11, result.Operations.Count(operation => operation.Status == OperationStatus.Succeeded));
        Assert.All(seen, look => Assert.True(look.Running <= budget && look.Changing <= budget, $"{look}"));
        Assert.Equal(Math.Min(budget, 12), seen.Max(look => look.Running));
    }

    [Fact]
    public async Task Who_waits_for_other_waves_has_as_much_time_as_they_may_take()
    {
        await using var service = Service(new TamperedRuntime(shop.Runtime), 5);

        var result = await service.MutateAsync([.. (await shop.FleetAsync()).Deckies.Select(decky => decky.Name)], ToFtp);

        Assert.Equal(
            [15, 15, 15, 15, 15, 30, 30, 30, 30, 30, 45, 45],
            result.Operations.Select(operation => (operation.Deadline - operation.CreatedAt).TotalMinutes));
    }

    [Fact]
    public async Task An_operation_that_somebody_has_ended_before_its_turn_is_not_done()
    {
        var tampered = new TamperedRuntime(shop.Runtime);
        await using var service = Service(tampered, 1);
        tampered.Before = async (_, name) =>
        {
            if (name == "decky-01-ftp")
            {
                var second = (await shop.Store.ReadAsync(HostId.Local)).OpenOperations.Single(operation => operation.DeckyName.Value == "decky-02");
                await shop.Store.CommitAsync([new StateChange.AdvanceOperation(second.Id, OperationStatus.Failed, "too late")], Sample.Now);
            }
        };

        var result = await service.MutateAsync([Workshop.Name("decky-01"), Workshop.Name("decky-02")], ToFtp);

        Assert.Equal([null, "too late"], result.Operations.Select(operation => operation.Error));
        Assert.Equal("ssh, http", (await shop.FleetAsync()).Deckies[1].Services.ToString());
        Assert.DoesNotContain("decky-02-ftp", shop.ContainerNames());
    }

    async Task<(int Running, int Changing)> LookAsync()
    {
        var open = (await shop.Store.ReadAsync(HostId.Local)).OpenOperations.ToLookup(operation => operation.DeckyName);
        var fleet = await shop.FleetAsync();
        return (
            open.Count(decky => decky.Single().Status == OperationStatus.Running),
            fleet.Deckies.Count(decky => decky.Services.ToString() == "ftp" && open.Contains(decky.Name)));
    }

    FleetService Service(TamperedRuntime runtime, int budget) => new(
        shop.File, shop.Store, runtime, new InMemoryWorkLock(), Workshop.AtOnce with { Exposure = ExposureBudget.OfCount(budget) }, shop.Clock, new Random(2));
}
