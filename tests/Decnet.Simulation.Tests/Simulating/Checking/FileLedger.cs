namespace Decnet.Simulation.Tests.Simulating.Checking;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Simulation.Tests.Simulating.Machine;

/// <summary>
/// Knows what the fleet file may be at any moment: what was acknowledged last, or, from the beginning of a save until its
/// acknowledgement, that or the new generation, complete (I8). Somebody's tampering sets a new beginning.
/// </summary>
internal sealed class FileLedger(SimulatedDisk disk, string path)
{
    readonly List<byte[]?> allowed = [disk.Read(path)];
    (long Generation, Fleet Fleet)? pending;
    byte[]? replaced;

    internal string Path => path;

    internal string BackupPath => path + ".bak";

    internal DesiredState Current => Parse(disk.Read(path));

    /// <summary>The fleet of the previous generation; null when there is none.</summary>
    internal Fleet? Previous => (Parse(disk.Read(BackupPath)) as DesiredState.Known)?.Fleet;

    internal void Begin()
    {
        Check();
        replaced = disk.Read(path);
    }

    internal void Want(Fleet? fleet) =>
        pending = fleet is null ? null : (1 + Math.Max(Generation(disk.Read(path)), Generation(disk.Read(BackupPath))), fleet);

    internal void Acknowledge(DesiredState.Known state)
    {
        Check();
        InvariantException.Require(
            pending is { } wanted && state.Generation == wanted.Generation && state.Fleet == wanted.Fleet, "I8", $"a save returned {state}");
        InvariantException.Require(
            Current is DesiredState.Known now && now.Generation == state.Generation && now.Fleet == state.Fleet, "I8", $"a save left {Current}");
        if (Parse(replaced) is DesiredState.Known)
        {
            InvariantException.Require(Same(disk.Read(BackupPath), replaced), "I8", "the previous generation was not kept");
        }

        Settle();
    }

    /// <summary>From now on the file is what it is: by acknowledgement, tampering or a loss of power.</summary>
    internal void Settle()
    {
        allowed.Clear();
        allowed.Add(disk.Read(path));
        pending = null;
    }

    /// <summary>Checks what a reader would see now.</summary>
    internal void Check()
    {
        var bytes = disk.Read(path);
        if (allowed.Exists(known => Same(known, bytes)))
        {
            return;
        }

        var now = Parse(bytes);
        InvariantException.Require(
            pending is { } wanted && now is DesiredState.Known known && known.Generation == wanted.Generation && known.Fleet == wanted.Fleet,
            "I8",
            $"the file is neither the old nor the new generation but {now}");
        allowed.Add(bytes);
    }

    internal DesiredState Parse(byte[]? bytes) =>
        bytes is null ? new DesiredState.Missing { Reason = "there is no file" } : FleetFileReader.Read(path, bytes);

    static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one is null && other is null : one.AsSpan().SequenceEqual(other);

    static long Generation(byte[]? bytes) => bytes is null ? 0 : FleetFileFormat.FindGeneration(bytes);
}
