using Decnet.Fleet.Building;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
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

// Save: the desired state, in a folder of its own.
var folder = new StateFolder(args[0]);
var file = new FleetFile(folder.FleetFile);
await file.SaveAsync(fleet);

// Reconcile: rows and containers follow the file.
await using var store = await SqliteStateStore.OpenAsync(folder.Database);
using var reconciler = new Reconciler(file, store, new InMemoryContainerRuntime(HostId.Local));
var result = await reconciler.ReconcileAsync(new ReconcileOptions { Repair = RepairMode.Recreate });
Console.WriteLine($"{result.Inserted} inserted, {result.Repaired} brought up");
