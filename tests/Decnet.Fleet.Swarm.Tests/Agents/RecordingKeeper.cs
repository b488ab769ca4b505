namespace Decnet.Fleet.Swarm.Tests.Agents;

using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Counts what it is asked for.</summary>
internal sealed class RecordingKeeper : ITrustKeeper
{
    long version = 7;
    int renewals;

    public long TrustVersion => Interlocked.Read(ref version);

    internal int Renewals => renewals;

    internal Exception? Failure { get; set; }

    public Task TakeAsync(TrustBundle bundle, CancellationToken cancellationToken = default)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        Interlocked.Exchange(ref version, bundle.Version);
        return Task.CompletedTask;
    }

    public Task RenewIfDueAsync(IMasterClient master, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref renewals);
        return Failure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}
