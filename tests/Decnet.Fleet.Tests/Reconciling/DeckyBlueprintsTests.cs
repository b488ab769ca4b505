namespace Decnet.Fleet.Tests.Reconciling;

using System.Net;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Testing;
using Xunit;

public sealed class DeckyBlueprintsTests
{
    readonly DeckyBlueprints blueprints = new(DeckyComposer.DefaultDecoyImage);
    readonly Decky web = Sample.Decky("web-01", "198.18.0.9", "http");

    [Fact]
    public void A_decky_is_composed_once_whatever_else_is_in_the_fleet()
    {
        var first = blueprints.Of(Sample.Fleet([web]))(web);
        var again = blueprints.Of(Sample.Fleet([web, Sample.Decky("web-02", "198.18.0.10", "http")]))(web);

        Assert.Same(first, again);
        Assert.Equal(new DeckyComposer(FleetCatalog.BuiltIn).Compose(Sample.Fleet([web]), web).ConfigHash, first.ConfigHash);
    }

    [Fact]
    public void Another_network_or_another_decky_is_composed_anew()
    {
        var fleet = Sample.Fleet([web]);
        var first = blueprints.Of(fleet)(web);

        var elsewhere = fleet with { Gateway = IPAddress.Parse("198.18.0.254") };
        var ssh = web with { Services = ["ssh"] };

        Assert.Equal(new DeckyComposer(FleetCatalog.BuiltIn).Compose(elsewhere, web).ConfigHash, blueprints.Of(elsewhere)(web).ConfigHash);
        Assert.NotSame(first, blueprints.Of(elsewhere)(web));
        Assert.NotEqual(first.ConfigHash, blueprints.Of(fleet)(ssh).ConfigHash);
    }
}
