namespace Decnet.Fleet.Tests.Catalog;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

public sealed class CatalogFileTests
{
    const string Full = """
        {
          // A private mirror, and one service of our own.
          "images": { "debian:12": "mirror.lab/debian:12" },
          "services": [
            {
              "slug": "tomcat", "display_name": "Tomcat", "image": "tomcat:9",
              "ports": [{ "protocol": "tcp", "number": 8080 }],
              "config_fields": [{ "key": "motd", "type": "string", "default": "hi" }],
              "bindings": [{ "field": "motd", "variable": "MOTD" }],
            },
          ],
          "archetypes": [{ "slug": "lab", "display_name": "Lab", "services": ["tomcat"], "preferred_distros": ["debian"], "nmap_os": "linux" }],
          "distros": [{ "slug": "trixie", "display_name": "Debian 13", "image": "debian:13", "build_base": "debian:13", "hostname_style": "generic" }],
        }
        """;

    static ValueList<FleetIssue> Refuse(string json) => Assert.Throws<FleetValidationException>(() => CatalogFile.Parse(json, "my.json")).Errors;

    [Fact]
    public void A_file_with_comments_and_trailing_commas_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "catalog.json");
        File.WriteAllText(path, Full, System.Text.Encoding.UTF8);
        var catalog = FleetCatalog.BuiltIn.With(CatalogFile.Load(path));
        Assert.Equal(8080, catalog.FindService("tomcat")!.Ports[0].Number);
        Assert.Equal("hi", catalog.FindService("tomcat")!.ConfigFields[0].Default!.ToString());
        Assert.NotNull(catalog.FindArchetype("lab"));
        Assert.NotNull(catalog.FindDistro("trixie"));
        Assert.Equal("mirror.lab/debian:12", catalog.ResolveImage("debian:12"));
    }

    [Fact]
    public void Errors_of_several_entries_come_at_once_with_path_and_line()
    {
        var errors = Refuse("""
            {
              "services": [
                { "slug": "a" },
                { "slug": "b", "display_name": "B", "prts": [] },
                {
                  "slug": "c", "display_name": "C",
                  "ports": [{ "protocol": "tpc", "number": 1 }]
                }
              ],
              "servces": []
            }
            """);
        Assert.Equal([3, 4, 5, 10], errors.Select(error => error.Line));
        Assert.Equal(["$.services[0]", "$.services[1].prts", "$.services[2].protocol", "$.servces"], errors.Select(error => error.Target));
        Assert.All(errors, error => Assert.NotNull(error.Fix));
        Assert.Contains("display_name", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'ports'?", errors[1].Fix, StringComparison.Ordinal);
        Assert.Contains("did you mean 'services'?", errors[3].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"services\":{}}")]
    [InlineData("{\"services\":[null]}")]
    [InlineData("{\"services\":[3]}")]
    [InlineData("{\"images\":{\"a\":1}}")]
    [InlineData("{\"images\":{\"a\":\"b\",\"a\":\"c\"}}")]
    [InlineData("{\"services\":[],\"services\":[]}")]
    [InlineData("{\"\\ud800\":[]}")]
    [InlineData("{\"services\":[{\"\\ud800\":1}]}")]
    [InlineData("{\"services\":[{\"slug\":null,\"display_name\":\"x\"}]}")]
    public void What_is_no_catalog_is_refused(string json) => Assert.NotEmpty(Refuse(json));

    [Fact]
    public void A_file_that_is_too_large_or_not_there_says_so()
    {
        Assert.Equal("catalog-too-large", Assert.Single(Refuse(new string(' ', CatalogFile.MaxBytes + 1))).Code);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "missing.json");
        Assert.Contains(path, Assert.Throws<DecnetException>(() => CatalogFile.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, [0x7B, 0xFF, 0x7D]);
        Assert.Equal("bad-encoding", Assert.Single(Assert.Throws<FleetValidationException>(() => CatalogFile.Load(path)).Errors).Code);
    }
}
