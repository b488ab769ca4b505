namespace Decnet.SwarmTimings;

using System.Globalization;
using Decnet.EngineTimings;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Compares the rows of a master with what its hosts report: every decky as the fleet wants it, and running.</summary>
internal static class RowCheck
{
    internal static async Task AddAsync(Report report, string section, string when, IStateStore store, Fleet fleet)
    {
        var wanted = fleet.Deckies.ToDictionary(decky => decky.Name);
        var rows = await store.ListDeckiesAsync();
        var right = rows.Count(row => row is { State: DeckyState.Running, Reason: null } && wanted[row.Name] is var decky
            && decky.HostId == row.HostId && decky.IPAddress.Equals(row.IPAddress) && row.ConfigJson == FleetJson.Write(decky));
        var goal = wanted.Count.ToString(CultureInfo.InvariantCulture);
        report.Must(
            section, $"rows that are right, {when}", string.Create(CultureInfo.InvariantCulture, $"{right} of {rows.Count}"), goal,
            right == wanted.Count && rows.Count == right);
    }
}
