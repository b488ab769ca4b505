namespace Decnet.Fleet.State;

using System.Runtime.CompilerServices;
using System.Threading.Channels;

/// <summary>Watches the fleet file by notifications of its folder where there are any, and by looking at it now and then.</summary>
internal sealed class FleetFileWatcher(FleetFilePaths paths, FleetFileStates states, IDurableFiles files, FleetFileOptions options, TimeProvider clock)
{
    internal async IAsyncEnumerable<FleetFileSignal> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        FileSystemWatcher? notifier = null;
        using var timer = new Timer(clock, options.WatchPollInterval, hints.Writer);
        try
        {
            // What was loaded last is what the reader knows: a change between its loading and this watch is a change.
            var seen = states.LastFingerprint;
            hints.Writer.TryWrite(true);
            while (true)
            {
                await hints.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                notifier = Renew(notifier, hints.Writer);
                var now = await FingerprintAsync().ConfigureAwait(false);
                if (seen is not null && now != seen)
                {
                    now = await SettleAsync(now, hints.Reader, cancellationToken).ConfigureAwait(false);
                    yield return new FleetFileSignal(paths.File);
                }

                seen = now;
            }
        }
        finally
        {
            notifier?.Dispose();
        }
    }

    async Task<string> SettleAsync(string fingerprint, ChannelReader<bool> hints, CancellationToken cancellationToken)
    {
        if (options.WatchQuietTime == TimeSpan.Zero)
        {
            return fingerprint;
        }

        await Task.Delay(options.WatchQuietTime, clock, cancellationToken).ConfigureAwait(false);
        hints.TryRead(out _);
        return await FingerprintAsync().ConfigureAwait(false);
    }

    Task<string> FingerprintAsync() => files.RunAsync(() => states.Read().Fingerprint);

    /// <summary>Begins to listen once the folder is there, and anew after it was gone or the listening broke.</summary>
    FileSystemWatcher? Renew(FileSystemWatcher? notifier, ChannelWriter<bool> hints)
    {
        if (notifier is { EnableRaisingEvents: true } && Directory.Exists(paths.Folder))
        {
            return notifier;
        }

        notifier?.Dispose();
        try
        {
            var watcher = new FileSystemWatcher(paths.Folder, Path.GetFileName(paths.File));
            watcher.Changed += (_, _) => hints.TryWrite(true);
            watcher.Created += (_, _) => hints.TryWrite(true);
            watcher.Deleted += (_, _) => hints.TryWrite(true);
            watcher.Renamed += (_, _) => hints.TryWrite(true);
            watcher.Error += (_, _) =>
            {
                watcher.EnableRaisingEvents = false;
                hints.TryWrite(true);
            };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // No folder yet, or no notifications left: the timer alone looks.
            return null;
        }
    }

    sealed class Timer(TimeProvider clock, TimeSpan period, ChannelWriter<bool> hints) : IDisposable
    {
        readonly ITimer timer = clock.CreateTimer(static hints => ((ChannelWriter<bool>)hints!).TryWrite(true), hints, period, period);

        public void Dispose() => timer.Dispose();
    }
}
