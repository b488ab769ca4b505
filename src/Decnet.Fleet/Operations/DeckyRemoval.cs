namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>The end of a decky's row.</summary>
internal static class DeckyRemoval
{
    internal static StateChange Of(DeckyRow row) => new StateChange.DeleteDecky(row.HostId, row.Name, row.Revision)
    {
        Events = [StateEvent.Draft(row.HostId, row.Name, "deleted", DeckyState.TornDown, row.State, $"{row.Name} was torn down")],
    };
}
