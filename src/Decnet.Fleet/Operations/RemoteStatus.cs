namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>How the deckies of other hosts are, as far as their hosts have told.</summary>
internal static class RemoteStatus
{
    internal static async Task<IReadOnlyList<DeckyStatus>> ReadAsync(FleetGround ground, Fleet? fleet, Sight sight, CancellationToken cancellationToken)
    {
        if (ground.Options.Strategies.AreLocal)
        {
            return [];
        }

        var open = (await OpenOperations.ListAsync(ground.Store, cancellationToken).ConfigureAwait(false)).ToDictionary(operation => (operation.HostId, operation.DeckyName));
        var rows = sight.Remote.ToDictionary(row => (row.HostId, row.Name));
        var deckies = new List<DeckyStatus>();
        foreach (var decky in fleet?.Deckies.Where(decky => decky.EffectiveHost(ground.HostId) != ground.HostId) ?? [])
        {
            var key = (decky.EffectiveHost(ground.HostId), decky.Name);
            rows.Remove(key, out var row);
            deckies.Add(new DeckyStatus
            {
                Name = decky.Name,
                HostId = key.Item1,
                IPAddress = row?.IPAddress ?? decky.IPAddress,
                Services = decky.Services,
                State = row?.State ?? DeckyState.Pending,
                Reason = row is null ? "its host has not reported it yet" : row.Reason,
                Row = row,
                IsDesired = true,
                Operation = open.GetValueOrDefault(key),
                NextMutation = MutationSchedule.DueAt(decky),
            });
        }

        deckies.AddRange(rows.Values.Select(row => new DeckyStatus
        {
            Name = row.Name,
            HostId = row.HostId,
            IPAddress = row.IPAddress,
            Services = row.Services,
            State = row.State,
            Reason = row.Reason,
            Row = row,
            IsDesired = false,
            Operation = open.GetValueOrDefault((row.HostId, row.Name)),
        }));
        return deckies;
    }
}
