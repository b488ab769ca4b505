namespace Decnet.Fleet.Swarm.Masters;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Operations;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Judges rows of a host by what the fleet file wants and the host reports. Pure.</summary>
/// <param name="host">The host.</param>
/// <param name="isFleetKnown">Whether the fleet file can be read. When not, nothing is taken away.</param>
/// <param name="isComplete">Whether the host could tell how its deckies are. When not, nothing is concluded from what it leaves out.</param>
/// <param name="now">The time.</param>
internal sealed class RowJudge(FleetHost host, bool isFleetKnown, bool isComplete, DateTimeOffset now)
{
    internal const string NotInFleet = "no decky of the fleet has this name";
    internal const string OtherConfiguration = "the host runs another configuration of it than the fleet file has: deploy it again";

    /// <summary>What the row of one decky must become.</summary>
    /// <param name="row">Its row; null when it has none.</param>
    /// <param name="reported">What the host says of it; null for nothing.</param>
    /// <param name="wanted">What the fleet file wants; null for nothing, or when it is not known.</param>
    /// <returns>The change with its events; null when the row is right.</returns>
    internal StateChange? Judge(DeckyRow? row, ReportedDecky? reported, WantedDecky? wanted)
    {
        if (reported is not null)
        {
            return Put(row, Reported(row, reported, wanted));
        }

        if (wanted is not null)
        {
            return isComplete ? Put(row, Absent(row ?? NewRow(wanted.Decky.Name, wanted.Decky.IPAddress, wanted.Decky.Services, wanted, wanted.Digest))) : null;
        }

        if (row is null || !isComplete)
        {
            return null;
        }

        return isFleetKnown ? DeckyRemoval.Of(row) : Put(row, Absent(row));
    }

    DeckyRow Reported(DeckyRow? row, ReportedDecky reported, WantedDecky? wanted)
    {
        var isSame = wanted is not null && wanted.Digest == reported.Digest;
        var (state, reason) = (reported.State, reported.Reason);
        if (isFleetKnown && wanted is null)
        {
            reason = Join(NotInFleet, reason);
        }
        else if (wanted is not null && !isSame)
        {
            state = state == DeckyState.Running ? DeckyState.Degraded : state;
            reason = Join(OtherConfiguration, reason);
        }

        var target = row ?? NewRow(reported.Name, reported.Address, reported.Services, wanted, reported.Digest);
        if (isSame && target.ConfigJson != wanted!.ConfigJson)
        {
            // A hash takes a hundred times as long as the comparison, and a host reports every decky every half minute.
            target = target with { ConfigJson = wanted.ConfigJson, ConfigHash = wanted.ConfigHash };
        }

        return target with
        {
            IPAddress = reported.Address,
            Services = reported.Services,
            State = state,
            Reason = reason,
            LastSeen = isComplete && state is DeckyState.Running or DeckyState.Degraded or DeckyState.Failed ? now : target.LastSeen,
        };
    }

    DeckyRow Absent(DeckyRow row) => row with { State = DeckyState.TornDown, Reason = $"the host {host.Name} does not have it" };

    DeckyRow NewRow(DeckyName name, IPAddress address, ValueList<string> services, WantedDecky? wanted, string digest) => new()
    {
        HostId = host.HostId,
        Name = name,
        IPAddress = address,
        Services = services,
        ConfigJson = wanted?.ConfigJson ?? FleetJson.Write(Unknown(name, address, services)),
        ConfigHash = wanted?.ConfigHash ?? digest,
        State = DeckyState.Pending,
        UpdatedAt = now,
    };

    /// <summary>Stands for the configuration of a decky that only its host knows.</summary>
    static Decky Unknown(DeckyName name, IPAddress address, ValueList<string> services) => new()
    {
        Name = name,
        IPAddress = address,
        Services = services,
        Distro = "unknown",
        BaseImage = "unknown",
        BuildBase = "unknown",
        Hostname = name.Value,
    };

    static StateChange? Put(DeckyRow? row, DeckyRow target)
    {
        if (row is null)
        {
            return new StateChange.InsertDecky(target) { Events = [Event(target, "inserted", null)] };
        }

        // When it was last seen is no change of its own: that would write every row with every report.
        if (row with { LastSeen = target.LastSeen } == target)
        {
            return null;
        }

        return new StateChange.UpdateDecky(target)
        {
            Events =
            [
                .. row.ConfigHash == target.ConfigHash ? [] : new[] { Event(target with { State = row.State }, "config_changed", null) },
                .. row.State == target.State ? [] : new[] { Event(target, "state_changed", row.State) },
            ],
        };
    }

    static EventDraft Event(DeckyRow row, string transition, DeckyState? previous) =>
        StateEvent.Draft(row.HostId, row.Name, transition, row.State, previous, row.Reason);

    static string Join(string cause, string? more) => more is null ? cause : $"{cause}; {more}";
}
