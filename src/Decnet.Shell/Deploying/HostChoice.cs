namespace Decnet.Shell.Deploying;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Shell.Building;
using Decnet.Shell.Flow;
using Decnet.Shell.Hosts;
using Model = Decnet.Fleet.Model;

/// <summary>Chooses the hosts of deckies, as a request says.</summary>
internal static class HostChoice
{
    /// <summary>Places deckies that name no host where the request says, and those that name one on that host.</summary>
    /// <param name="local">The fleet of the session.</param>
    /// <param name="request">The request.</param>
    /// <param name="wanted">The fleet to deploy.</param>
    /// <param name="present">The fleet that there is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fleet with hosts.</returns>
    /// <exception cref="FleetValidationException">Hosts are not there; the error has every one.</exception>
    /// <exception cref="FaultException">The request contradicts itself, or asks for hosts where there is no master.</exception>
    internal static async Task<Model.Fleet> PlaceAsync(
        LocalFleet local, DeployRequest request, Model.Fleet wanted, DesiredState present, CancellationToken cancellationToken)
    {
        var rule = request.Placement is { } name ? Enum.Parse<PlacementRule>(name, ignoreCase: true) : PlacementRule.Local;
        if (request.HostId is { } chosen)
        {
            if (rule != PlacementRule.Local)
            {
                throw new FaultException(new Fault(
                    "PlacementContradicts", FaultCategory.InvalidArgument, $"-HostId puts the deckies on '{chosen}', and -Placement {rule} elsewhere. Give one of them.", chosen));
            }

            var host = DeckyMaker.ParseHost(chosen);
            wanted = Map(wanted, decky => decky with { HostId = decky.HostId ?? host });
        }

        if (local.Master is not null || rule != PlacementRule.Local || (request.HostId is not null && request.HostId != local.HostId.Value))
        {
            wanted = await MasterAccess.MasterOf(local).PlaceAsync(wanted, present, rule, cancellationToken).ConfigureAwait(false);
        }

        // To name the own host and to name none is the same; it must not look like a change.
        var before = (present as DesiredState.Known)?.Fleet;
        return Map(wanted, decky => decky.HostId == local.HostId && before?.Find(decky.Name)?.HostId is null ? decky with { HostId = null } : decky);
    }

    static Model.Fleet Map(Model.Fleet fleet, Func<Decky, Decky> map) => fleet with { Deckies = [.. fleet.Deckies.Select(map)] };
}
