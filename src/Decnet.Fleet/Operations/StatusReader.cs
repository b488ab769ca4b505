namespace Decnet.Fleet.Operations;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Puts together how a fleet is.</summary>
internal static class StatusReader
{
    internal static async Task<FleetStatus> ReadAsync(FleetGround ground, CancellationToken cancellationToken)
    {
        var sight = await ground.Lookout.LookAsync(cancellationToken).ConfigureAwait(false);
        var desired = await ground.File.LoadAsync(cancellationToken).ConfigureAwait(false);
        var workers = await ground.Store.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
        var fleet = (desired as DesiredState.Known)?.Fleet;
        var deckies = new SortedDictionary<DeckyName, DeckyStatus>();
        foreach (var decky in fleet?.Deckies.Where(decky => decky.EffectiveHost(ground.HostId) == ground.HostId) ?? [])
        {
            deckies[decky.Name] = Desired(ground, fleet!, decky, sight);
        }

        foreach (var row in sight.Recorded.Rows)
        {
            deckies.TryAdd(row.Name, Undesired(row, sight));
        }

        foreach (var decky in await RemoteStatus.ReadAsync(ground, fleet, sight, cancellationToken).ConfigureAwait(false))
        {
            deckies.TryAdd(decky.Name, decky);
        }

        foreach (var name in Strays(sight))
        {
            deckies.TryAdd(name, Stray(ground.HostId, name, sight));
        }

        return new FleetStatus
        {
            HostId = ground.HostId,
            Desired = desired,
            Deckies = [.. deckies.Values],
            Workers = [.. workers],
            Suspension = sight.Recorded.Suspensions.FirstOrDefault(order => order.DeckyName is null),
            Unreachable = (sight.Observed as ObservedState.Unreachable)?.Reason,
            At = ground.Clock.GetUtcNow(),
        };
    }

    static DeckyStatus Desired(FleetGround ground, Fleet fleet, Decky decky, Sight sight)
    {
        var row = sight.RowOf(decky.Name);
        var operation = OperationOn(decky.Name, sight);
        var status = new DeckyStatus
        {
            Name = decky.Name,
            HostId = ground.HostId,
            IPAddress = decky.IPAddress,
            Services = decky.Services,
            State = row?.State ?? DeckyState.Pending,
            Reason = row?.Reason,
            Row = row,
            IsDesired = true,
            Operation = operation,
            Suspension = SuspensionOf(decky.Name, sight),
            NextMutation = MutationSchedule.DueAt(decky),
        };
        if (operation is not null || sight.Observed is not ObservedState.Known)
        {
            return status;
        }

        var mirror = DeckyMirror.Of(ground, fleet, decky, sight);
        return status with { State = mirror.State, Reason = mirror.Reason };
    }

    static DeckyStatus Undesired(DeckyRow row, Sight sight) => new()
    {
        Name = row.Name,
        HostId = row.HostId,
        IPAddress = row.IPAddress,
        Services = row.Services,
        State = row.State,
        Reason = row.Reason,
        Row = row,
        IsDesired = false,
        Operation = OperationOn(row.Name, sight),
        Suspension = SuspensionOf(row.Name, sight),
    };

    static DeckyStatus Stray(HostId host, DeckyName name, Sight sight)
    {
        var containers = sight.ContainersOf(name);
        return new DeckyStatus
        {
            Name = name,
            HostId = host,
            Services = [.. containers.Select(container => container.ServiceName).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            State = containers.Any(container => container.State == ContainerState.Running) ? DeckyState.Running : DeckyState.Failed,
            Reason = "no decky of the fleet has this name",
            IsDesired = false,
            Operation = OperationOn(name, sight),
        };
    }

    static IEnumerable<DeckyName> Strays(Sight sight) => sight.Observed is ObservedState.Known known
        ? known.Containers
            .Where(container => container.HostId is null || container.HostId == sight.Recorded.HostId.Value)
            .Select(container => DeckyName.TryParse(container.DeckyName, out var name) ? name : (DeckyName?)null)
            .OfType<DeckyName>()
            .Distinct()
        : [];

    static Operation? OperationOn(DeckyName name, Sight sight) =>
        sight.Recorded.OpenOperations.FirstOrDefault(operation => operation.DeckyName == name);

    static Suspension? SuspensionOf(DeckyName name, Sight sight) =>
        sight.Recorded.Suspensions.FirstOrDefault(order => order.Covers(name));
}
