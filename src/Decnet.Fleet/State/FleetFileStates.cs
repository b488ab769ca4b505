namespace Decnet.Fleet.State;

using System.Globalization;

/// <summary>Tells what an image of the fleet file says, with the same instance for the same contents.</summary>
internal sealed class FleetFileStates(FleetFilePaths paths, IDurableFiles files, long maxBytes)
{
    readonly Lock gate = new();
    (string Fingerprint, DesiredState State)? last;

    /// <summary>The fingerprint of what was read last; null when nothing was read yet.</summary>
    internal string? LastFingerprint
    {
        get
        {
            lock (gate)
            {
                return last?.Fingerprint;
            }
        }
    }

    internal FleetFileImage Read() => FleetFileImage.Read(files, paths.File, maxBytes);

    internal FleetFileImage ReadBackup() => FleetFileImage.Read(files, paths.Backup, maxBytes);

    /// <summary>What the file says, and whether that is news.</summary>
    internal (DesiredState State, bool IsNew) Interpret(FleetFileImage image)
    {
        lock (gate)
        {
            if (last is { State: DesiredState.Known known } && last.Value.Fingerprint == image.Fingerprint)
            {
                return (known, false);
            }
        }

        return Remember(image, WithAdvice(Parse(paths.File, image)));
    }

    internal (DesiredState State, bool IsNew) Remember(FleetFileImage image, DesiredState state)
    {
        lock (gate)
        {
            // Two readers may come here with the same contents: the first one's instance stays.
            var same = last?.Fingerprint == image.Fingerprint && (state is DesiredState.Known || last.Value.State == state);
            if (!same)
            {
                last = (image.Fingerprint, state);
            }

            return (last!.Value.State, !same);
        }
    }

    internal static DesiredState Parse(string path, FleetFileImage image) => image switch
    {
        { Bytes: { } bytes } => FleetFileReader.Read(path, bytes),
        { Error: { } error } => new DesiredState.Corrupt { Reason = $"The fleet file '{path}' cannot be read. {error.Message}" },
        _ => new DesiredState.Missing
        {
            Reason = $"There is no fleet file at '{path}'. That is not an empty fleet: what should run is not known.",
        },
    };

    DesiredState WithAdvice(DesiredState state) => state switch
    {
        DesiredState.Missing missing => missing with { Reason = missing.Reason + Backup("Deploy a fleet, or save an empty one on purpose.") },
        DesiredState.Corrupt corrupt => corrupt with { Reason = corrupt.Reason.TrimEnd('.') + "." + Backup("Correct the file, or save a fleet: the file is then kept aside.") },
        _ => state,
    };

    string Backup(string otherwise) =>
        Parse(paths.Backup, ReadBackup()) is DesiredState.Known known
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" The previous generation {known.Generation} with {known.Fleet.Deckies.Count} deckies is in '{paths.Backup}': restore it, if it is the one you want. {otherwise}")
            : " " + otherwise;
}
