namespace Decnet.Fleet.Operations;

using System.Text.Json;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>Gives and takes back orders to leave deckies alone.</summary>
internal sealed class Suspending(FleetGround ground)
{
    internal async Task SuspendAsync(DeckyName? name, string by, string? reason, CancellationToken cancellationToken)
    {
        await CheckAsync(name, cancellationToken).ConfigureAwait(false);
        var now = ground.Clock.GetUtcNow();
        var order = new Suspension { HostId = ground.HostId, DeckyName = name, By = by, At = now, Reason = reason };
        var change = new StateChange.Suspend(order) { Events = [Event(name, "suspended", by, reason)] };
        await ground.Store.CommitAsync([change], now, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<bool> ResumeAsync(DeckyName? name, string by, CancellationToken cancellationToken)
    {
        var change = new StateChange.Resume(ground.HostId, name) { Events = [Event(name, "resumed", by, null)] };
        var commit = await ground.Store.CommitAsync([change], ground.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return commit.Applied[0];
    }

    async Task CheckAsync(DeckyName? name, CancellationToken cancellationToken)
    {
        if (name is { } wanted)
        {
            var desired = await ground.File.LoadAsync(cancellationToken).ConfigureAwait(false);
            var recorded = await ground.Store.ReadAsync(ground.HostId, cancellationToken).ConfigureAwait(false);
            var deckies = (desired as DesiredState.Known)?.Fleet.Deckies ?? [];
            DeckyName[] known = [.. recorded.Rows.Select(row => row.Name), .. deckies.Select(decky => decky.Name)];
            if (!known.Contains(wanted))
            {
                throw new FleetValidationException("The suspension", [UnknownDecky.Issue(wanted, known.Distinct())]);
            }

            // Each host heeds the orders that it has itself.
            if (recorded.Rows.All(row => row.Name != wanted) && deckies.First(decky => decky.Name == wanted).EffectiveHost(ground.HostId) is var host && host != ground.HostId)
            {
                throw new FleetValidationException(
                    "The suspension",
                    [FleetIssue.Error("decky-elsewhere", $"'{wanted}' runs on the host '{host}', and is suspended there alone.", $"on that host: decnetd suspend {wanted}", wanted.Value)]);
            }
        }
    }

    EventDraft Event(DeckyName? name, string order, string by, string? reason)
    {
        var payload = EventPayload.Write(writer =>
        {
            writer.WriteString("host_uuid", ground.HostId.Value);
            if (name is { } decky)
            {
                writer.WriteString("name", decky.Value);
            }

            writer.WriteString("order", order);
            writer.WriteString("by", by);
            if (reason is not null)
            {
                writer.WriteString("reason", reason);
            }
        });
        var topic = name is { } one ? Topic.DeckySuspension(one) : Topic.FleetSuspension(ground.HostId);
        return new EventDraft(topic, "suspension", payload);
    }
}
