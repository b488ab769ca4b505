namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>
/// The fleet file for those who ask a hundred times a second: it is read again when its time stamp or length has changed, and once
/// more a second later, since two saves may fall into one tick of the file system's clock.
/// </summary>
internal sealed class DesiredFleet(IFleetFile file, HostId self, string decoyImage, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim turn = new(1, 1);
    volatile Reading? last;

    /// <summary>What the file wants now.</summary>
    /// <returns>The fleet; null when the file is missing or cannot be read, so that nothing is known.</returns>
    internal async Task<WantedFleet?> LoadAsync(CancellationToken cancellationToken)
    {
        if (last is { } good && IsGood(good))
        {
            return good.Fleet;
        }

        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return last is { } meanwhile && IsGood(meanwhile) ? meanwhile.Fleet : await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task<WantedFleet?> ReadAsync(CancellationToken cancellationToken)
    {
        var before = last;
        var stamp = Stamp();
        var state = await file.LoadAsync(cancellationToken).ConfigureAwait(false);
        if (state is not DesiredState.Known known)
        {
            last = null;
            return null;
        }

        var isSame = before is not null && ReferenceEquals(before.State, known);
        var fleet = isSame ? before!.Fleet : WantedFleet.Of(known.Fleet, before?.Fleet, self, decoyImage);
        var isSecondLook = before is not null && before.Stamp == stamp;
        last = new Reading(stamp, known, fleet, isSecondLook ? before!.At : clock.GetTimestamp(), isSecondLook);
        return fleet;
    }

    bool IsGood(Reading reading) =>
        reading.Stamp is { } stamp && stamp == Stamp() && (reading.IsSecondLook || clock.GetElapsedTime(reading.At) < Tick);

    /// <summary>What tells one contents of the file from another; null when it is not on this machine's disk.</summary>
    (long, long)? Stamp()
    {
        var entry = new FileInfo(file.Path);
        return entry.Exists ? (entry.LastWriteTimeUtc.Ticks, entry.Length) : null;
    }

    sealed record Reading((long, long)? Stamp, DesiredState.Known State, WantedFleet Fleet, long At, bool IsSecondLook);
}
