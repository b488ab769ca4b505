namespace Decnet.Fleet.State;

using System.Globalization;
using Decnet.Fleet.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>
/// The fleet file on disk. It reads the file of the Python system too. Beside it are <c>.bak</c>, the previous generation;
/// <c>.corrupt-…</c>, unreadable files that a save replaced; and <c>decnet.lock</c>, the lock of its writers, which names
/// its holder and is never deleted. All members may be called from several threads.
/// </summary>
public sealed class FleetFile : IFleetFile
{
    static readonly TimeSpan RereadDelay = TimeSpan.FromMilliseconds(20);

    readonly FleetFilePaths paths;
    readonly FleetFileOptions options;
    readonly TimeProvider clock;
    readonly ILogger logger;
    readonly IDurableFiles files;
    readonly Random random;
    readonly FleetFileStates states;
    readonly FleetFileSaver saver;

    /// <summary>Names a fleet file. Nothing is read or created yet.</summary>
    /// <param name="path">The path of the file, such as <see cref="StateFolder.FleetFile"/>. Its folder is made by the first save.</param>
    /// <param name="options">Waits and bounds; null for the defaults.</param>
    /// <param name="clock">The time; null for the system's.</param>
    /// <param name="logger">Told of saves and of what is suspicious; null for none.</param>
    /// <exception cref="ArgumentException">The path is blank, or an option is out of its range.</exception>
    public FleetFile(string path, FleetFileOptions? options = null, TimeProvider? clock = null, ILogger<FleetFile>? logger = null)
        : this(path, options, clock, logger, DurableFiles.Instance)
    {
    }

    internal FleetFile(
        string path, FleetFileOptions? options, TimeProvider? clock, ILogger? logger, IDurableFiles files, Random? random = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        this.options = options ?? new FleetFileOptions();
        this.options.Validate();
        this.clock = clock ?? TimeProvider.System;
        this.logger = logger ?? NullLogger.Instance;
        this.files = files;
        this.random = random ?? RandomSource.New();
        paths = new FleetFilePaths(path);
        states = new FleetFileStates(paths, files, this.options.MaxBytes);
        saver = new FleetFileSaver(paths, states, files, this.options);
    }

    /// <inheritdoc/>
    public string Path => paths.File;

    /// <summary>The path of the previous generation.</summary>
    public string BackupPath => paths.Backup;

    /// <summary>The path of the lock that writers take, in the folder of the file.</summary>
    public string LockPath => paths.Lock;

    /// <inheritdoc/>
    public async Task<DesiredState> LoadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (image, state) = await files.RunAsync(ReadCurrent).ConfigureAwait(false);
        if (image.Error is not IOException)
        {
            return state;
        }

        // Another program may have had the file open for itself alone.
        await Task.Delay(RereadDelay, clock, cancellationToken).ConfigureAwait(false);
        return (await files.RunAsync(ReadCurrent).ConfigureAwait(false)).State;
    }

    /// <inheritdoc/>
    public async Task<DesiredState.Known> SaveAsync(Fleet fleet, long? expectedGeneration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return await LockedAsync(
            "saving the fleet",
            () =>
            {
                var (image, state) = ReadCurrent();
                RefuseUnless(expectedGeneration, state);
                return Replace(image, state, fleet);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<DesiredState> UpdateAsync(Func<DesiredState, Fleet?> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return LockedAsync(
            "updating the fleet",
            () =>
            {
                var (image, state) = ReadCurrent();
                return change(state) is { } fleet ? Replace(image, state, fleet) : state;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DesiredState.Known> RestorePreviousAsync(CancellationToken cancellationToken = default) => LockedAsync(
        "restoring the previous fleet",
        () =>
        {
            var (image, state) = ReadCurrent();
            return FleetFileStates.Parse(paths.Backup, states.ReadBackup()) switch
            {
                DesiredState.Known previous => Replace(image, state, previous.Fleet),
                DesiredState.Corrupt corrupt => throw new FleetFileException(paths.Backup, $"The previous generation cannot be restored. {corrupt.Reason}"),
                _ => throw new FleetFileException(paths.Backup, $"There is no previous generation to restore: '{paths.Backup}' does not exist."),
            };
        },
        cancellationToken);

    /// <summary>Tells which files with desired states there are: the present one, the previous one, unreadable ones that were kept.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that exist, in this order; unreadable ones with the newest first.</returns>
    public Task<IReadOnlyList<FleetFileVersion>> ListVersionsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return files.RunAsync<IReadOnlyList<FleetFileVersion>>(() =>
        [
            .. Version(paths.File, FleetFileVersionKind.Current),
            .. Version(paths.Backup, FleetFileVersionKind.Previous),
            .. paths.CorruptFiles(files).Reverse().SelectMany(path => Version(path, FleetFileVersionKind.Corrupt)),
        ]);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FleetFileSignal> WatchAsync(CancellationToken cancellationToken = default) =>
        new FleetFileWatcher(paths, states, files, options, clock).WatchAsync(cancellationToken);

    IEnumerable<FleetFileVersion> Version(string path, FleetFileVersionKind kind)
    {
        var state = FleetFileStates.Parse(path, FleetFileImage.Read(files, path, options.MaxBytes));
        return state is DesiredState.Missing
            ? []
            : [new FleetFileVersion { Path = path, Kind = kind, State = state, WrittenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path)) }];
    }

    async Task<T> LockedAsync<T>(string purpose, Func<T> steps, CancellationToken cancellationToken)
    {
        var held = await FleetLock.AcquireAsync(files, paths.Lock, options.LockTimeout, purpose, clock, random, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            return await files.RunAsync(steps).ConfigureAwait(false);
        }
    }

    (FleetFileImage Image, DesiredState State) ReadCurrent()
    {
        var image = states.Read();
        var (state, isNew) = states.Interpret(image);
        if (isNew && state is DesiredState.Known known)
        {
            foreach (var warning in known.Warnings)
            {
                logger.FleetFileSuspicious(paths.File, warning.ToString());
            }
        }
        else if (isNew && state is DesiredState.Corrupt corrupt)
        {
            logger.FleetNotKnown(corrupt.Reason);
        }

        return (image, state);
    }

    DesiredState.Known Replace(FleetFileImage image, DesiredState state, Fleet fleet)
    {
        var saved = saver.Replace(image, state, fleet, clock.GetUtcNow());
        logger.FleetSaved(paths.File, saved.Generation, saved.Fleet.Deckies.Count);
        if (state is DesiredState.Corrupt)
        {
            logger.CorruptFileReplaced(paths.File, saved.Generation);
        }

        return saved;
    }

    void RefuseUnless(long? expected, DesiredState state)
    {
        var actual = (state as DesiredState.Known)?.Generation;
        if (expected is { } generation && actual != generation)
        {
            var found = actual is { } other
                ? string.Create(CultureInfo.InvariantCulture, $"it holds generation {other}: somebody else changed it")
                : state is DesiredState.Missing ? "it is missing" : "it cannot be read";
            throw new GenerationConflictException(
                paths.File,
                generation,
                actual,
                string.Create(CultureInfo.InvariantCulture, $"The fleet was not saved to '{paths.File}': generation {generation} was expected, and {found}. Load it, make the change again and save that."));
        }
    }
}
