namespace Decnet.Fleet.InMemory;

using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

internal sealed partial class StoreTransaction
{
    bool Put(FleetHost host)
    {
        if (hosts.Values.Any(other => other.HostId != host.HostId && other.Name == host.Name))
        {
            return false;
        }

        hosts[host.HostId] = host;
        return true;
    }

    bool Remove(HostId host)
    {
        if (!hosts.Remove(host))
        {
            return false;
        }

        foreach (var key in deckies.Keys.Where(key => key.Item1 == host).ToArray())
        {
            Remove(key);
        }

        suspensions.RemoveRange([.. suspensions.Keys.Where(key => key.Item1 == host)]);
        foreach (var (_, id) in open.Where(entry => entry.Key.Item1 == host).ToArray())
        {
            Advance(new StateChange.AdvanceOperation(id, OperationStatus.Failed, $"The host '{host}' was removed from the fleet."));
        }

        return true;
    }

    bool Record(StateChange.RecordReport report)
    {
        if (!hosts.TryGetValue(report.HostId, out var host))
        {
            return false;
        }

        hosts[report.HostId] = host with
        {
            Status = FleetHostStatus.Active,
            LastHeartbeat = at,
            LastReport = Math.Max(host.LastReport, report.Number),
            AgentVersion = report.AgentVersion,
            TrustVersion = report.TrustVersion,
            LastObserved = report.HasObserved && report.Number >= host.LastReport ? at : host.LastObserved,
        };
        return true;
    }

    bool Age(StateChange.AgeHost age)
    {
        var seen = age.Seen;
        if (!hosts.TryGetValue(seen.HostId, out var host) || host.LastHeartbeat != seen.LastHeartbeat || host.Status != seen.Status)
        {
            return false;
        }

        hosts[seen.HostId] = host with { Status = age.Status };
        return true;
    }

    bool Pin(StateChange.PinHost pin)
    {
        if (!hosts.TryGetValue(pin.HostId, out var host))
        {
            return false;
        }

        hosts[pin.HostId] = host with { Fingerprint = pin.Fingerprint, NextFingerprint = pin.NextFingerprint };
        return true;
    }

    bool Put(Enrolment enrolment)
    {
        enrolments.RemoveRange([.. enrolments.Values.Where(earlier => earlier.Name == enrolment.Name).Select(earlier => earlier.TokenHash)]);
        enrolments[enrolment.TokenHash] = enrolment;
        return true;
    }

    bool Take(StateChange.TakeEnrolment take)
    {
        var isGood = enrolments.TryGetValue(take.TokenHash, out var enrolment) && enrolment.ExpiresAt > at;
        return isGood && !hosts.ContainsKey(take.Host.HostId) && Put(take.Host) && enrolments.Remove(take.TokenHash);
    }

    bool Raise(StateChange.RaiseCounter raise)
    {
        if (counters.TryGetValue(raise.Name, out var value) && value >= raise.Value)
        {
            return false;
        }

        counters[raise.Name] = raise.Value;
        return true;
    }

    /// <summary>How many of the oldest events may go: those that a master has yet to hear of are kept, within bounds.</summary>
    int Removable(EventRetention retention)
    {
        if (!counters.TryGetValue(DurableCounter.Outbox, out var acknowledged))
        {
            return events.Count;
        }

        var heard = Math.Max(0, events.Count - (lastSequence - acknowledged));
        var beyondReserve = events.Count - ((long)retention.MaxEvents * DurableCounter.OutboxReserve);
        return (int)Math.Min(events.Count, Math.Max(heard, beyondReserve));
    }
}
