namespace Decnet.Fleet.Tests.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;
using static Decnet.Fleet.Tests.Operations.Workshop;

public sealed class MutateTests : IAsyncLifetime
{
    static readonly MutateOptions ToFtp = new() { Services = ["ftp"] };

    readonly Workshop shop = new();

    public async ValueTask InitializeAsync() => await shop.DeployAsync(Sample.Deckies(3));

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    [Trait("Weakness", "L-6.3")]
    public async Task New_services_run_old_ones_are_gone_and_the_base_is_untouched()
    {
        var before = shop.Seen.ToDictionary(container => container.Name, container => container.Id);
        shop.Clock.Advance(TimeSpan.FromMinutes(5));

        var result = await shop.Service.MutateAsync([Name("decky-02")], new MutateOptions { Services = ["ftp", "ssh"] });

        Assert.True(result.Succeeded, result.Operations[0].Error);
        Assert.Equal(["decky-02", "decky-02-ftp", "decky-02-ssh"], shop.ContainerNames().Where(name => name.StartsWith("decky-02", StringComparison.Ordinal)));
        Assert.All(
            shop.Seen.Where(container => container.Name != "decky-02-ftp"),
            container => Assert.Equal(before[container.Name], container.Id));
        var decky = (await shop.FleetAsync()).Find(Name("decky-02"))!;
        Assert.Equal((["ftp", "ssh"], shop.Clock.GetUtcNow()), (decky.Services, decky.LastMutated));
        var row = (await shop.RowAsync("decky-02"))!;
        Assert.Equal((DeckyState.Running, decky.Services, decky), (row.State, row.Services, FleetJson.ReadDecky(row.ConfigJson)));
        Assert.Equal(2, result.Generation);
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-3.5")]
    [Trait("Weakness", "L-6.6")]
    public async Task A_success_is_told_once_as_mutation_and_step_by_step_as_lifecycle()
    {
        await shop.Service.MutateAsync([Name("decky-01")], ToFtp);

        Assert.Equal(
            ["""decky.decky-01.mutation local decky-01 ["ssh","http"] ["ftp"] operator"""],
            await shop.EventsAsync("decky.*.mutation", "host_uuid", "decky", "old_services", "new_services", "trigger"));
        Assert.Equal(
            ["decky.decky-01.lifecycle mutate pending", "decky.decky-01.lifecycle mutate running", "decky.decky-01.lifecycle mutate succeeded"],
            (await shop.EventsAsync("decky.*.lifecycle", "operation", "status")).Where(told => told.Contains("mutate", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_change_is_counted_and_timed()
    {
        using var recorder = new TelemetryRecorder();
        shop.Runtime.LetDie("decky-02-ftp", 1, "no");

        await shop.Service.MutateAsync([Name("decky-01"), Name("decky-02")], ToFtp);

        Assert.Equal(["1 trigger=operator"], recorder.Of("decnet.mutations"));
        Assert.Equal(["1 kind=mutate outcome=failed", "1 kind=mutate outcome=succeeded"], recorder.Of("decnet.operations").Order(StringComparer.Ordinal));
        Assert.Equal(2, recorder.Of("decnet.operations.duration").Count);
    }

    [Fact]
    [Trait("Weakness", "L-6.3")]
    public async Task Chance_chooses_when_nobody_else_does()
    {
        var result = await shop.Service.MutateAsync([.. Enumerable.Range(1, 3).Select(i => Name($"decky-0{i}"))]);

        Assert.True(result.Succeeded);
        var services = (await shop.FleetAsync()).Deckies.Select(decky => string.Join(',', decky.Services)).ToArray();
        Assert.Equal(3, services.Distinct().Count());
        Assert.DoesNotContain("ssh,http", services);
        Assert.True((await shop.PlanAsync()).IsConverged);
    }

    [Fact]
    [Trait("Weakness", "L-2.10")]
    public async Task All_that_is_wrong_is_told_at_once_and_nothing_changes()
    {
        var before = (await shop.FleetAsync(), await shop.Store.GetLastSequenceAsync(), shop.Runtime.Requests.Mutating);

        var names = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.MutateAsync([Name("ghost"), Name("decky-1"), Name("decky-01")]));
        var services = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.MutateAsync(
            [Name("decky-01"), Name("ghost")], new MutateOptions { Services = ["shh", "ftp", "ftp", "sniffer"] }));
        var clash = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.MutateAsync(
            [Name("decky-01")], new MutateOptions { Services = ["smtp", "smtp_relay"] }));
        var empty = await Assert.ThrowsAsync<FleetValidationException>(() => shop.Service.MutateAsync([Name("decky-01")], new MutateOptions { Services = [] }));

        Assert.Equal(["unknown-decky", "unknown-decky"], names.Errors.Select(error => error.Code));
        Assert.Equal(["duplicate-service", "unknown-service", "singleton-service", "unknown-decky"], services.Errors.Select(error => error.Code));
        Assert.Equal(["port-conflict"], clash.Errors.Select(error => error.Code).Distinct());
        Assert.Equal(["no-services"], empty.Errors.Select(error => error.Code));
        Assert.Equal(before, (await shop.FleetAsync(), await shop.Store.GetLastSequenceAsync(), shop.Runtime.Requests.Mutating));
    }

    [Fact]
    public async Task Without_a_fleet_there_is_nothing_to_change()
    {
        await using var empty = new Workshop();

        var refused = await Assert.ThrowsAsync<DecnetException>(() => empty.Service.MutateAsync([Name("decky-01")]));

        Assert.Contains("there is no fleet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_services_in_whatever_order_need_nothing()
    {
        var sequence = await shop.Store.GetLastSequenceAsync();

        var result = await shop.Service.MutateAsync([Name("decky-01"), Name("decky-01")], new MutateOptions { Services = ["http", "ssh"] });

        Assert.Equal([Name("decky-01")], result.Unchanged);
        Assert.Equal((1, sequence), (result.Generation, await shop.Store.GetLastSequenceAsync()));
    }

    [Fact]
    [Trait("Weakness", "L-6.1")]
    public async Task A_decky_whose_archetype_has_no_others_stays_as_it_is()
    {
        await shop.DeployAsync(Sample.Decky("phone", "198.18.9.9", "sip") with { Archetype = "voip-server" });

        var result = await shop.Service.MutateAsync([Name("phone")]);

        Assert.Equal([Name("phone")], result.Unchanged);
        Assert.Empty(await shop.EventsAsync("decky.*.mutation"));
    }

    [Fact]
    [Trait("Weakness", "L-6.2")]
    public async Task Scheduled_changes_heed_intervals_and_suspensions()
    {
        var hourly = TimeSpan.FromHours(1);
        await shop.ReplaceAsync([.. Sample.Deckies(3).Select((decky, i) => decky with { MutateInterval = i == 0 ? null : hourly, LastMutated = Sample.Now })]);
        DeckyName[] all = [.. (await shop.FleetAsync()).Deckies.Select(decky => decky.Name)];
        var scheduled = new MutateOptions { Trigger = MutationTrigger.Scheduled };
        await shop.Service.SuspendAsync(Name("decky-03"), "anna");

        Assert.Equal(all, (await shop.Service.MutateAsync(all, scheduled)).Unchanged);
        shop.Clock.Advance(hourly * 1.2);
        var result = await shop.Service.MutateAsync(all, scheduled);

        Assert.Equal("decky-02", Assert.Single(result.Operations).DeckyName.Value);
        Assert.Equal(["decky.decky-02.mutation scheduled"], await shop.EventsAsync("decky.*.mutation", "trigger"));
        Assert.Equal(3, (await shop.Service.MutateAsync(all, ToFtp)).Operations.Count);
    }
}
