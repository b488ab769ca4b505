using Decnet.Fleet.Building;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Sqlite;
using Decnet.Fleet.State;

// Build: three decoys that look like Linux servers, the same ones for the same seed.
var fleet = new FleetBuilder().Build(new FleetRequest
{
    Count = 3,
    Archetype = "linux-server",
    Subnet = System.Net.IPNetwork.Parse("198.18.30.0/24"),
    Gateway = System.Net.IPAddress.Parse("198.18.30.1"),
    Seed = 1,
});

// Deploy: the fleet file, the rows and the containers, with an operation for each decky.
var folder = new StateFolder(args[0]);
await using var store = await SqliteStateStore.OpenAsync(folder.Database);
await using var service = new FleetService(
    new FleetFile(folder.FleetFile), store, new InMemoryContainerRuntime(HostId.Local), new FileWorkLock(folder.WorkLock));
var result = await service.DeployAsync(fleet);
foreach (var operation in result.Operations)
{
    Console.WriteLine($"{operation.DeckyName} {operation.Status} {operation.Error}");
}
