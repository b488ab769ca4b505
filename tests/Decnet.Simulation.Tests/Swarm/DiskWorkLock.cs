namespace Decnet.Simulation.Tests.Swarm;

using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>The real lock, on a file of a simulated disk; it ends with its process.</summary>
internal sealed class DiskWorkLock(SimulatedFiles files, TimeProvider clock, Random random) : IWorkLock
{
    public async Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        await FleetLock.AcquireAsync(files, "/state/work.lock", timeout, purpose, clock, random, cancellationToken);
}
