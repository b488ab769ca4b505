namespace Decnet.Fleet.Hosting.Tests;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;
using Decnet.Testing;
using Xunit;

public sealed class MasterFleetTests : IDisposable
{
    readonly MasterLab lab = new();

    [Fact]
    public async Task A_folder_without_an_authority_is_no_masters()
    {
        await using var local = await lab.OpenAsync(StoreAccess.Read);

        Assert.Null(local.Master);
        Assert.False(Directory.Exists(lab.File("pki")));
    }

    [Fact]
    public async Task A_folder_becomes_a_masters_once()
    {
        await using var local = await lab.OpenAsync();

        var master = await local.BecomeMasterAsync(["198.18.250.1", "master.example"]);
        var again = await local.BecomeMasterAsync(["198.18.250.2"]);

        Assert.Same(master, again);
        Assert.Same(master, local.Master);
        Assert.Matches("^sha256:[0-9a-f]{64}$", master.AuthorityFingerprint);
        Assert.Equal(["198.18.250.1", "master.example"], LeafExtensions.NamesOf(master.Pki.Current.Identity.Certificate));
    }

    [Fact]
    public async Task What_another_process_makes_of_a_folder_is_seen()
    {
        await using var early = await lab.OpenAsync();
        var before = early.Service;
        await using (var other = await lab.OpenAsync())
        {
            await other.BecomeMasterAsync(["localhost"]);
        }

        Assert.NotNull(early.Master);
        Assert.NotSame(before, early.Service);
    }

    [Fact]
    public async Task A_folder_of_an_agent_is_no_masters()
    {
        Directory.CreateDirectory(lab.File("pki"));
        foreach (var name in new[] { "ca.crt", "host.crt", "host.key", "trust.json" })
        {
            await File.WriteAllTextAsync(lab.File($"pki/{name}"), "");
        }

        await using var local = await lab.OpenAsync();

        Assert.Null(local.Master);
    }

    [Fact]
    public async Task Work_on_a_decky_of_another_host_is_handed_to_that_host()
    {
        await using var local = await lab.OpenAsync();
        await MasterLab.RegisterAsync(local, "web-host");

        var result = await local.Service.DeployAsync(MasterLab.FleetOn("web-host"));

        var operation = Assert.Single(result.Operations);
        Assert.Equal((OperationStatus.Failed, "web-host"), (operation.Status, operation.HostId.Value));
        Assert.Contains("The host web-host has not accepted it", operation.Error, StringComparison.Ordinal);
        Assert.Contains(await local.Store.ListDeckiesAsync(), row => row is { Name.Value: "web-01", HostId.Value: "web-host" });
    }

    [Fact]
    public async Task Without_a_master_a_decky_of_another_host_fails_and_is_not_started_here()
    {
        await using var local = await lab.OpenAsync();

        var result = await local.Service.DeployAsync(MasterLab.FleetOn("web-host"));

        Assert.False(result.Succeeded);
        Assert.Contains("web-host", Assert.Single(result.Operations).Error, StringComparison.Ordinal);
        Assert.Empty(((InMemory.InMemoryContainerRuntime)local.Runtime).Containers);
    }

    [Fact]
    public async Task Deckies_are_placed_by_the_names_of_hosts()
    {
        await using var local = await lab.OpenAsync();
        var host = await MasterLab.RegisterAsync(local, "web-host");
        var present = await local.File.LoadAsync();

        var placed = await local.Master!.PlaceAsync(MasterLab.FleetOn("web-host"), present, PlacementRule.Local);
        var refused = await Assert.ThrowsAsync<FleetValidationException>(() => local.Master.PlaceAsync(MasterLab.FleetOn("nowhere"), present, PlacementRule.Local));

        Assert.Equal((host.HostId, FleetMode.Swarm), (placed.Deckies[0].HostId!.Value, placed.Mode));
        Assert.Equal("unknown-host", Assert.Single(refused.Issues).Code);
    }

    [Fact]
    public async Task Who_only_looks_needs_no_authority_that_can_be_read()
    {
        await using (var before = await lab.OpenAsync())
        {
            await MasterLab.RegisterAsync(before, "web-host");
        }

        await File.WriteAllTextAsync(lab.File("pki/ca.crt"), "broken");
        await using var local = await lab.OpenAsync();

        Assert.Equal("web-host", Assert.Single(await local.Master!.Hosts.ListAsync()).Name);
        Assert.Empty((await local.Service.StatusAsync()).Deckies);
        Assert.Contains("ca.crt", Assert.Throws<PkiException>(() => local.Master.AuthorityFingerprint).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_leaves_has_its_certificate_revoked()
    {
        await using var local = await lab.OpenAsync();
        await MasterLab.RegisterAsync(local, "web-host");

        await local.Master!.Hosts.UnregisterAsync("web-host");

        Assert.Empty(await local.Master.Hosts.ListAsync());
        Assert.Single(local.Master.Pki.Current.Revocations.Revoked);
    }

    public void Dispose() => lab.Dispose();
}
