namespace Decnet.Fleet.Tests.Model;

using System.Text.Json;
using Decnet.Fleet.Model;
using Xunit;

public sealed class JsonDefaultsTests
{
    const string Minimal =
        """{"name":"a","ip":"10.0.0.2","services":["ssh"],"distro":"debian","base_image":"i","build_base":"i","hostname":"h"SETTING}""";

    [Fact]
    public void Keys_that_a_file_leaves_out_have_their_defaults()
    {
        var decky = FleetJson.ReadDecky(Minimal.Replace("SETTING", "", StringComparison.Ordinal));
        Assert.Equal("linux", decky.NmapOs);
        Assert.Empty(decky.ServiceConfig);
        var fleet = FleetJson.ReadFleet("""{"subnet":"10.0.0.0/24","gateway":"10.0.0.1","deckies":[],"catalog":{"services":[{"slug":"x","display_name":"X"}]}}""");
        Assert.Empty(fleet.Catalog!.Images);
        Assert.Empty(fleet.Catalog.Services[0].Ports);
        Assert.Empty(fleet.Catalog.Services[0].Environment);
    }

    [Fact]
    public void A_null_where_a_value_belongs_is_refused() =>
        Assert.Throws<JsonException>(() => FleetJson.ReadDecky(Minimal.Replace("SETTING", ",\"nmap_os\":null", StringComparison.Ordinal)));
}
