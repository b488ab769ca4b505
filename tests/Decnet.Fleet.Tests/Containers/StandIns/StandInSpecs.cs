namespace Decnet.Fleet.Tests.Containers.StandIns;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>Stand-ins as the composer makes them.</summary>
internal static class StandInSpecs
{
    internal static readonly Fleet Fleet = FleetJson.ReadFleet(
        """{"interface":"eth0","subnet":"192.168.1.0/24","gateway":"192.168.1.1","deckies":[]}""");

    internal static ContainerSpec Of(string slug, string distro = "debian", string family = "linux", params (string Key, SettingValue Value)[] settings) =>
        new DeckyComposer(FleetCatalog.BuiltIn).Compose(Fleet, Decky(slug, distro, family, settings)).Services[0];

    internal static string Script(string slug, string distro = "debian", string family = "linux", params (string Key, SettingValue Value)[] settings) =>
        Of(slug, distro, family, settings).Command[2];

    static Decky Decky(string slug, string distro, string family, (string Key, SettingValue Value)[] settings) =>
        FleetJson.ReadDecky(
            """
            {"name":"trap-01","ip":"192.168.1.10","services":[],"distro":"debian","base_image":"debian:12","build_base":"debian:12",
             "hostname":"srv-alpha.corp.example"}
            """) with
        {
            Services = [slug],
            Distro = distro,
            NmapOs = family,
            ServiceConfig = new([new(slug, new(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))))]),
        };
}
