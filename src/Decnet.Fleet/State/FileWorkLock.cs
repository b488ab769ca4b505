namespace Decnet.Fleet.State;

/// <summary>A work lock that is a file, as <see cref="FleetLock"/> locks it.</summary>
/// <param name="path">The path of the lock file, such as <see cref="StateFolder.WorkLock"/>.</param>
/// <param name="clock">The time; null for the system's.</param>
public sealed class FileWorkLock(string path, TimeProvider? clock = null) : IWorkLock
{
    /// <inheritdoc/>
    public async Task<IAsyncDisposable> AcquireAsync(string purpose, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        await FleetLock.AcquireAsync(path, timeout, purpose, clock, cancellationToken).ConfigureAwait(false);
}
