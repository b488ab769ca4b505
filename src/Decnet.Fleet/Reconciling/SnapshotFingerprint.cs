namespace Decnet.Fleet.Reconciling;

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Condenses a snapshot into a hash that is the same in every process.</summary>
internal static class SnapshotFingerprint
{
    internal static string Compute(FleetSnapshot snapshot)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "host", snapshot.HostId.Value);
        AddDesired(hash, snapshot.Desired);
        foreach (var row in snapshot.Recorded.Rows)
        {
            Add(hash, "row", row.Name.Value, Number(row.Revision), row.ConfigHash, Token<DeckyState>.Of(row.State), row.Reason);
        }

        foreach (var operation in snapshot.Recorded.OpenOperations.OrderBy(operation => operation.Id))
        {
            Add(hash, "operation", operation.Id.ToString(), Token<OperationStatus>.Of(operation.Status));
        }

        foreach (var order in snapshot.Recorded.Suspensions)
        {
            Add(hash, "suspension", order.DeckyName?.Value, order.By, Number(order.At.UtcTicks), order.Reason);
        }

        AddObserved(hash, snapshot.Observed);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void AddDesired(IncrementalHash hash, DesiredState desired)
    {
        switch (desired)
        {
            case DesiredState.Known known:
                Add(hash, "known", Number(known.Generation), known.Checksum);
                break;
            case DesiredState.Corrupt corrupt:
                Add(hash, "corrupt", corrupt.Reason);
                break;
            default:
                Add(hash, "missing");
                break;
        }
    }

    static void AddObserved(IncrementalHash hash, ObservedState observed)
    {
        if (observed is not ObservedState.Known known)
        {
            Add(hash, "unreachable");
            return;
        }

        foreach (var container in known.Containers.OrderBy(container => container.Id, StringComparer.Ordinal))
        {
            Add(
                hash, "container", container.Id, container.Name, container.DeckyName, container.ServiceName, container.HostId,
                container.ConfigHash, Token<ContainerState>.Of(container.State), Token<ContainerHealth>.Of(container.Health),
                container.NetworkContainerId, container.NetworkLost ? "lost" : null);
        }
    }

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Each part carries its length, so that no two sequences of parts give the same bytes.
    static void Add(IncrementalHash hash, params ReadOnlySpan<string?> parts)
    {
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BitConverter.TryWriteBytes(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
