namespace Decnet.Simulation.Tests.Simulating.Machine;

using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Checking;

/// <summary>The real lock on a file of the simulated disk; it ends with its process.</summary>
internal sealed class SimulatedWorkLock(SimulatedFiles files, IoGate gate, WorkRules work, TimeProvider clock, Random random) : IWorkLock
{
    internal const string Path = "/state/decnet-work.lock";

    public async Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var held = await FleetLock.AcquireAsync(files, Path, timeout, purpose, clock, random, cancellationToken);
        work.AfterAcquire();
        return new Held(held, gate, work);
    }

    sealed class Held(FleetLock held, IoGate gate, WorkRules work) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (work.HasLock && !gate.IsDead)
            {
                work.BeforeRelease();
            }

            await held.DisposeAsync();
        }
    }
}
