namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;

/// <summary>Changes the state of a row that somebody decides rather than sees.</summary>
internal static class RowState
{
    /// <summary>The change with its event; null when the row says the same already.</summary>
    internal static StateChange? Change(DeckyRow row, DeckyState state, string reason)
    {
        if (row.State == state && row.Reason == reason)
        {
            return null;
        }

        var change = new StateChange.UpdateDecky(row with { State = state, Reason = reason });
        return row.State == state
            ? change
            : change with { Events = [StateEvent.Draft(row.HostId, row.Name, "state_changed", state, row.State, reason)] };
    }
}
