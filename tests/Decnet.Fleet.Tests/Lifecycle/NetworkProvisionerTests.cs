namespace Decnet.Fleet.Tests.Lifecycle;

using System.Net;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Lifecycle;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

public sealed class NetworkProvisionerTests
{
    readonly InMemoryContainerRuntime runtime = new(HostId.Local);
    readonly Fleet fleet = Sample.Fleet(Sample.Decky("web", "198.18.0.10"));

    [Fact]
    public async Task A_network_is_made_once()
    {
        var provisioner = new NetworkProvisioner(runtime);

        await provisioner.EnsureAsync(DeckyComposer.Network(fleet));
        var mutating = runtime.Requests.Mutating;
        await provisioner.EnsureAsync(DeckyComposer.Network(fleet));

        Assert.Equal(mutating, runtime.Requests.Mutating);
    }

    [Fact]
    [Trait("Weakness", "W-40")]
    [Trait("Weakness", "L-2.5")]
    public async Task A_network_whose_name_only_contains_ours_is_left_alone()
    {
        var ours = DeckyComposer.Network(fleet);
        var foreign = ours with { Name = ours.Name + "2", Subnet = IPNetwork.Parse("10.9.0.0/24"), Gateway = IPAddress.Parse("10.9.0.1") };
        await runtime.CreateNetworkAsync(foreign);

        await new NetworkProvisioner(runtime).EnsureAsync(ours);

        Assert.Equal(foreign.Subnet, (await runtime.FindNetworkAsync(foreign.Name))!.Spec.Subnet);
        Assert.Equal(ours.Subnet, (await runtime.FindNetworkAsync(ours.Name))!.Spec.Subnet);
    }

    [Fact]
    [Trait("Weakness", "W-41")]
    [Trait("Weakness", "L-2.5")]
    public async Task A_network_in_use_with_other_settings_is_an_error_that_lists_them()
    {
        var wanted = DeckyComposer.Network(fleet);
        await new NetworkProvisioner(runtime).EnsureAsync(wanted);
        await new ContainerApplier(runtime).ReplaceDeckyAsync(new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet, fleet.Deckies[0]), []);

        var error = await Assert.ThrowsAsync<RuntimeException>(() => new NetworkProvisioner(runtime).EnsureAsync(
            wanted with { Driver = NetworkDriver.Macvlan, Gateway = IPAddress.Parse("198.18.0.254"), ParentInterface = "eth1" }));

        Assert.Contains("driver is bridge, not macvlan", error.Message, StringComparison.Ordinal);
        Assert.Contains("gateway is 198.18.0.1, not 198.18.0.254", error.Message, StringComparison.Ordinal);
        Assert.Contains("parent interface is none, not eth1", error.Message, StringComparison.Ordinal);
        Assert.Contains("web", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "198.18.0.128/25", "range is the whole subnet, not 198.18.0.128/25")]
    [InlineData("198.18.0.64/26", "198.18.0.128/25", "range is 198.18.0.64/26, not 198.18.0.128/25")]
    [InlineData("198.18.0.128/25", "198.18.0.128/25", null)]
    [InlineData("198.18.0.64/26", null, null)]
    [Trait("Weakness", "W-41")]
    public async Task The_range_is_compared_when_one_is_wanted(string? found, string? wanted, string? difference)
    {
        var network = DeckyComposer.Network(fleet);
        await runtime.CreateNetworkAsync(network with { Range = found is null ? null : IPNetwork.Parse(found) });
        await new ContainerApplier(runtime).ReplaceDeckyAsync(new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet, fleet.Deckies[0]), []);

        var error = await Record.ExceptionAsync(() => new NetworkProvisioner(runtime).EnsureAsync(
            network with { Range = wanted is null ? null : IPNetwork.Parse(wanted) }));

        if (difference is null)
        {
            Assert.Null(error);
        }
        else
        {
            Assert.Contains(difference, Assert.IsType<RuntimeException>(error).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("eth0", "eth1", "parent interface is eth0, not eth1")]
    [InlineData("eth0", "eth0", null)]
    [InlineData("eth0", null, null)]
    [Trait("Weakness", "W-41")]
    public async Task The_parent_is_compared_when_one_is_wanted(string found, string? wanted, string? difference)
    {
        var network = DeckyComposer.Network(fleet) with { Driver = NetworkDriver.Macvlan };
        await runtime.CreateNetworkAsync(network with { ParentInterface = found });
        await new ContainerApplier(runtime).ReplaceDeckyAsync(new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet, fleet.Deckies[0]), []);

        var error = await Record.ExceptionAsync(() => new NetworkProvisioner(runtime).EnsureAsync(network with { ParentInterface = wanted }));

        Assert.Equal(difference is null, error is null);
        Assert.Contains(difference ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_nobody_uses_is_replaced()
    {
        var wanted = DeckyComposer.Network(fleet);
        await new NetworkProvisioner(runtime).EnsureAsync(wanted);

        await new NetworkProvisioner(runtime).EnsureAsync(wanted with { Gateway = IPAddress.Parse("198.18.0.254") });

        Assert.Equal(IPAddress.Parse("198.18.0.254"), (await runtime.FindNetworkAsync(wanted.Name))?.Spec.Gateway);
    }

    [Fact]
    [Trait("Weakness", "L-2.5")]
    public async Task A_network_of_others_is_never_replaced_nor_removed()
    {
        var wanted = DeckyComposer.Network(fleet);
        await runtime.CreateNetworkAsync(wanted with { Gateway = IPAddress.Parse("198.18.0.254"), Labels = ValueMap<string>.Empty });
        var provisioner = new NetworkProvisioner(runtime);

        var error = await Assert.ThrowsAsync<RuntimeException>(() => provisioner.EnsureAsync(wanted));

        Assert.Contains("Decnet did not make, and it differs from the fleet's: its gateway is 198.18.0.254, not 198.18.0.1", error.Message, StringComparison.Ordinal);
        Assert.False(await provisioner.RemoveAsync(wanted.Name));
        Assert.Equal(IPAddress.Parse("198.18.0.254"), (await runtime.FindNetworkAsync(wanted.Name))?.Spec.Gateway);
    }

    [Fact]
    public async Task A_network_is_removed_after_the_last_container_and_not_before()
    {
        var wanted = DeckyComposer.Network(fleet);
        var provisioner = new NetworkProvisioner(runtime);
        await provisioner.EnsureAsync(wanted);
        await new ContainerApplier(runtime).ReplaceDeckyAsync(new DeckyComposer(FleetCatalog.BuiltIn).Compose(fleet, fleet.Deckies[0]), []);

        Assert.False(await provisioner.RemoveAsync(wanted.Name));
        foreach (var container in runtime.Containers)
        {
            await runtime.RemoveContainerAsync(container.Observed.Id);
        }

        Assert.True(await provisioner.RemoveAsync(wanted.Name));
        Assert.Null(await runtime.FindNetworkAsync(wanted.Name));
        Assert.True(await provisioner.RemoveAsync(wanted.Name));
    }
}
