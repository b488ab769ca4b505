namespace Decnet.Fleet.Hosting.Tests;

using System.Net;
using Decnet.Fleet.Building;
using Decnet.Fleet.Docker.HostNetwork;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Testing;
using Xunit;

public sealed class LocalFleetTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly InMemoryContainerRuntime engine = new(HostId.Local);

    LocalFleetOptions Options => new() { Folder = new StateFolder(folder.File("state")), Connect = _ => engine };

    [Fact]
    public async Task Looking_creates_nothing()
    {
        await using var local = await LocalFleet.OpenAsync(Options, StoreAccess.Read, TestContext.Current.CancellationToken);

        var status = await local.Service.StatusAsync(TestContext.Current.CancellationToken);

        Assert.IsType<DesiredState.Missing>(status.Desired);
        Assert.False(local.HasStore);
        Assert.False(Directory.Exists(folder.File("state")));
    }

    [Fact]
    public async Task A_store_that_another_process_begins_to_make_reads_as_an_empty_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Options.Folder.Database)!);
        await File.WriteAllBytesAsync(Options.Folder.Database, [], TestContext.Current.CancellationToken);

        await using var local = await LocalFleet.OpenAsync(Options, StoreAccess.Read, TestContext.Current.CancellationToken);

        Assert.False(local.HasStore);
        Assert.Empty(await local.Store.ListDeckiesAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Addresses_of_the_machine_are_taken_unless_the_containers_may_be_elsewhere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have their loopback where they like.");
        var loopback = IPNetwork.Parse("127.0.0.0/8");
        await using var elsewhere = await LocalFleet.OpenAsync(Options, StoreAccess.Read, TestContext.Current.CancellationToken);
        await using var here = await LocalFleet.OpenAsync(Options with { Connect = null }, StoreAccess.Read, TestContext.Current.CancellationToken);

        Assert.Equal(TakenAddresses.None, await elsewhere.ReadTakenAsync(loopback, TestContext.Current.CancellationToken));
        Assert.Contains(IPAddress.Loopback, (await here.ReadTakenAsync(loopback, TestContext.Current.CancellationToken)).Own);
    }

    [Fact]
    public async Task A_fleet_with_an_address_of_its_host_is_refused_wherever_it_comes_from()
    {
        var options = Options with { Taken = (_, _) => Task.FromResult(new TakenAddresses { Own = [IPAddress.Parse("198.18.0.9")] }) };
        await using var local = await LocalFleet.OpenAsync(options, StoreAccess.Write, TestContext.Current.CancellationToken);
        var fleet = Sample.Fleet(Sample.Decky("web", "198.18.0.9")) with { Driver = NetworkDriver.Macvlan };

        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => local.Service.DeployAsync(fleet, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("The address 198.18.0.9 of 'web' is that of the host 'local' itself.", Assert.Single(refused.Errors).Message);
    }

    [Fact]
    public async Task Services_of_different_parallelism_belong_to_one_fleet()
    {
        await using var local = await LocalFleet.OpenAsync(Options, StoreAccess.Write, TestContext.Current.CancellationToken);

        Assert.Same(local.ServiceOf(1), local.ServiceOf(1));
        Assert.NotSame(local.Service, local.ServiceOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => local.ServiceOf(0));
        Assert.True((await local.ServiceOf(1).DeployAsync(Web(), cancellationToken: TestContext.Current.CancellationToken)).Succeeded);
    }

    [Fact]
    public async Task What_one_deploys_another_sees()
    {
        await using (var writer = await LocalFleet.OpenAsync(Options, StoreAccess.Write, TestContext.Current.CancellationToken))
        {
            Assert.True((await writer.Service.DeployAsync(Web(), cancellationToken: TestContext.Current.CancellationToken)).Succeeded);
        }

        await using var reader = await LocalFleet.OpenAsync(Options, StoreAccess.Read, TestContext.Current.CancellationToken);

        Assert.True(reader.HasStore);
        Assert.Equal(["web-01", "web-02"], (await reader.Store.ListDeckiesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(row => row.Name.Value));
        Assert.True((await reader.Reconciler.PlanAsync(cancellationToken: TestContext.Current.CancellationToken)).IsConverged);
    }

    [Fact]
    public async Task One_who_looks_cannot_write()
    {
        await (await LocalFleet.OpenAsync(Options, StoreAccess.Write, TestContext.Current.CancellationToken)).DisposeAsync();
        await using var reader = await LocalFleet.OpenAsync(Options, StoreAccess.Read, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StateStoreException>(() => reader.Service.DeployAsync(Web(), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_runtime_that_can_be_disposed_of_goes_with_the_fleet_and_only_when_it_was_used()
    {
        var made = 0;
        var local = await LocalFleet.OpenAsync(
            Options with
            {
                Connect = _ =>
                {
                    made++;
                    return engine;
                },
            },
            StoreAccess.Write,
            TestContext.Current.CancellationToken);
        await local.DisposeAsync();

        Assert.Equal(0, made);
    }

    public void Dispose() => folder.Dispose();

    static Fleet Web() => new FleetBuilder().Build(new FleetRequest
    {
        Count = 2,
        NamePrefix = "web",
        Services = ["http"],
        Subnet = IPNetwork.Parse("198.18.30.0/24"),
        Gateway = IPAddress.Parse("198.18.30.1"),
        Seed = 1,
    });
}
