namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Cuts what one host is asked for into commands that an agent reads. Nearly always it is one.</summary>
internal static class CommandParts
{
    /// <summary>Leaves room for the network and a catalog below <see cref="SwarmProtocol.MaxCommandBytes"/>.</summary>
    const int MostBytes = SwarmProtocol.MaxCommandBytes * 3 / 4;

    const int BytesOfOrder = 160;

    internal static IEnumerable<IReadOnlyList<OperationItem>> Of(IReadOnlyList<OperationItem> shard)
    {
        var part = new List<OperationItem>();
        var bytes = 0;
        foreach (var item in shard)
        {
            var size = BytesOfOrder + (item is { Decky: { } decky, Operation.Kind: OperationKind.Deploy } ? FleetJson.Write(decky).Length : 0);
            if (part.Count > 0 && (part.Count == SwarmProtocol.MaxDeckies || bytes + size > MostBytes))
            {
                yield return part;
                part = [];
                bytes = 0;
            }

            part.Add(item);
            bytes += size;
        }

        yield return part;
    }
}
