namespace Decnet.Fleet.Swarm.Masters;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>The deckies of a fleet file by host.</summary>
internal sealed class WantedFleet
{
    readonly Dictionary<HostId, WantedHost> hosts;
    readonly Fleet frame;

    WantedFleet(Fleet fleet, Fleet frame, Dictionary<HostId, WantedHost> hosts)
    {
        Fleet = fleet;
        this.frame = frame;
        this.hosts = hosts;
    }

    internal Fleet Fleet { get; }

    internal WantedHost Of(HostId host) => hosts.GetValueOrDefault(host, WantedHost.Nothing);

    /// <summary>Sorts a fleet by host. What was made of an earlier one and has not changed is taken over.</summary>
    internal static WantedFleet Of(Fleet fleet, WantedFleet? earlier, HostId self, string decoyImage)
    {
        var frame = fleet with { Deckies = [] };
        var composer = new DeckyComposer(FleetCatalog.For(fleet), decoyImage);
        var comparable = earlier?.frame == frame ? earlier : null;
        var hosts = new Dictionary<HostId, WantedHost>();
        foreach (var group in fleet.Deckies.GroupBy(decky => decky.EffectiveHost(self)))
        {
            var before = comparable?.Of(group.Key) ?? WantedHost.Nothing;
            var host = new WantedHost(group.ToDictionary(decky => decky.Name, Wanted));
            hosts[group.Key] = host.IsSame(before) ? before : host;

            WantedDecky Wanted(Decky decky) =>
                before.Deckies.TryGetValue(decky.Name, out var same) && same.Decky == decky ? same : new WantedDecky(decky, frame, composer);
        }

        return new WantedFleet(fleet, frame, hosts);
    }
}
