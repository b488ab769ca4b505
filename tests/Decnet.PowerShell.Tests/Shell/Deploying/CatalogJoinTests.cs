namespace Decnet.PowerShell.Tests.Shell.Deploying;

using Decnet.Fleet.Model;
using Decnet.Shell.Deploying;
using Decnet.Shell.Flow;
using Xunit;

public sealed class CatalogJoinTests
{
    [Fact]
    public void What_several_fleets_add_is_joined()
    {
        var joined = CatalogJoin.Of([Overlay("one", "debian:12"), null, Overlay("two", "debian:13"), Overlay("one", "debian:12")]);

        Assert.Equal(["one", "two"], joined!.Distros.Select(distro => distro.Slug));
    }

    [Fact]
    public void Nothing_added_is_nothing() => Assert.Null(CatalogJoin.Of([null, null]));

    [Fact]
    public void One_name_for_two_things_is_refused()
    {
        var error = Assert.Throws<FaultException>(() => CatalogJoin.Of([Overlay("one", "debian:12"), Overlay("one", "debian:13")]));

        Assert.Equal(("CatalogsDiffer", "one"), (error.Fault.Id, error.Fault.Target));
    }

    static CatalogOverlay Overlay(string slug, string image) =>
        new() { Distros = [new DistroDefinition { Slug = slug, DisplayName = slug, Image = image, BuildBase = image }] };
}
