namespace Decnet.Fleet.State;

using System.Globalization;
using Decnet.Fleet.Model;

/// <summary>
/// Replaces the fleet file in steps that a crash may end at any moment: the file is the old or the new one, complete, and
/// a good file is never given up before its successor is durable. The caller holds the lock.
/// </summary>
internal sealed class FleetFileSaver(FleetFilePaths paths, FleetFileStates states, IDurableFiles files, FleetFileOptions options)
{
    /// <exception cref="FleetFileException">The fleet cannot be written.</exception>
    internal DesiredState.Known Replace(FleetFileImage current, DesiredState state, Fleet fleet, DateTimeOffset now)
    {
        var replaced = false;
        try
        {
            var generation = NextGeneration(current);
            var content = Encode(fleet, generation, now);
            DeleteTemporaries();
            var temporary = paths.NewTemporary();
            files.Create(temporary, content.Bytes);
            KeepCurrent(current, state, now);
            files.Rename(temporary, paths.File);
            replaced = true;
            files.FlushFolder(paths.Folder);
            return (DesiredState.Known)states.Remember(content.Image, content.State).State;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            GiveBackSpace();
            var outcome = replaced
                ? "The new contents are in place, but may be lost if the machine stops now."
                : "Its previous contents are still in place.";
            throw new FleetFileException(paths.File, $"The fleet file '{paths.File}' could not be saved: {error.Message} {outcome}", error);
        }
    }

    long NextGeneration(FleetFileImage current)
    {
        var highest = Math.Max(FleetFileFormat.FindGeneration(current.Bytes), FleetFileFormat.FindGeneration(states.ReadBackup().Bytes));
        return highest < FleetFileFormat.MaxGeneration
            ? highest + 1
            : throw new FleetFileException(
                paths.File,
                $"The fleet file '{paths.File}' or its previous generation says that it is generation {highest}, the highest there is. Set 'generation' in it to a lower number.");
    }

    /// <summary>What is written is read first: a fleet that could not be loaded again must not replace one that can.</summary>
    (byte[] Bytes, FleetFileImage Image, DesiredState.Known State) Encode(Fleet fleet, long generation, DateTimeOffset now)
    {
        var bytes = FleetFileFormat.Write(fleet, generation, now);
        if (bytes.LongLength > options.MaxBytes)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"It takes {bytes.LongLength} bytes, and {options.MaxBytes} are allowed."));
        }

        return FleetFileReader.Read(paths.File, bytes) switch
        {
            DesiredState.Known known => (bytes, FleetFileImage.Of(bytes), known),
            DesiredState.Corrupt corrupt => throw Refused("Once saved, it could not be read again. " + corrupt.Reason),
            _ => throw new InvalidOperationException("Bytes are never missing."),
        };
    }

    FleetFileException Refused(string reason) =>
        new(paths.File, $"The fleet cannot be saved to '{paths.File}', which was left as it is. {reason}");

    void DeleteTemporaries()
    {
        foreach (var path in paths.Temporaries(files))
        {
            files.Delete(path);
        }
    }

    void GiveBackSpace()
    {
        try
        {
            DeleteTemporaries();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next save deletes them; the reason why this one failed is what counts.
        }
    }

    void KeepCurrent(FleetFileImage current, DesiredState state, DateTimeOffset now)
    {
        if (state is DesiredState.Known)
        {
            CopyTo(paths.Backup, current.Bytes!);
            files.FlushFolder(paths.Folder);
        }
        else if (state is DesiredState.Corrupt)
        {
            var kept = paths.CorruptFiles(files);
            var path = paths.NewCorrupt(now, kept);
            if (current.Bytes is { } bytes)
            {
                CopyTo(path, bytes);
            }
            else
            {
                files.Rename(paths.File, path);
            }

            files.FlushFolder(paths.Folder);
            foreach (var surplus in kept.SkipLast(options.KeptCorruptFiles - 1))
            {
                files.Delete(surplus);
            }
        }
    }

    void CopyTo(string path, byte[] bytes)
    {
        var temporary = paths.NewTemporary();
        files.Create(temporary, bytes);
        files.Rename(temporary, path);
    }
}
