namespace Decnet.Fleet.Tests.Docs;

using System.Net;
using System.Text.RegularExpressions;
using Decnet.Fleet.Building;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

public sealed partial class CatalogPageTests
{
    const string CatalogPage = "docs/catalog.md";

    [Fact]
    public void The_example_is_a_catalog_that_fleets_are_built_with()
    {
        var overlay = CatalogFile.Parse(Assert.Single(Page.Blocks(CatalogPage, "jsonc")));
        var fleet = new FleetBuilder().Build(new FleetRequest
        {
            Count = 2,
            Archetype = "app-server",
            Subnet = IPNetwork.Parse("198.18.10.0/24"),
            Gateway = IPAddress.Parse("198.18.10.1"),
            Catalog = overlay,
        });
        Assert.Equal(["trixie", "ubuntu22"], fleet.Deckies.Select(decky => decky.Distro));
        var catalog = FleetCatalog.For(fleet);
        Assert.Equal(["https", "ssh"], catalog.FindArchetype("web-server")!.Services);
        Assert.Equal("mirror.corp.example/debian:bookworm-slim", catalog.ResolveImage(catalog.FindDistro("debian")!.Image));
    }

    [Fact]
    public void The_tables_show_the_catalog_that_comes_with_decnet()
    {
        var page = Page.Read(CatalogPage);
        Assert.Single(Generated().Matches(page));
        GoldenFile.Verify(CatalogPage, Generated().Replace(page, CatalogTables.Write(FleetCatalog.BuiltIn).Replace("$", "$$", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_page_names_every_type_of_a_field()
    {
        var page = Page.Read(CatalogPage);
        Assert.All(Token<ConfigFieldType>.All, type => Assert.Contains($"`{type}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<=^<!-- generated -->\n).*?(?=^<!-- end -->$)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Generated();
}
