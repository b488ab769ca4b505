namespace Decnet.Fleet.Tests.Catalog;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Model;
using Decnet.Testing;
using Xunit;

public sealed class StandInDataTests
{
    static readonly StandInData Data = StandInData.BuiltIn;

    [Fact]
    public void Every_character_is_a_byte() =>
        Assert.DoesNotContain(File.ReadAllText(SourceTree.File("src/Decnet.Fleet/Catalog/Data/decoys.json")), letter => letter > '\u00ff');

    [Fact]
    public void Every_listener_is_for_a_tcp_port_of_the_catalog()
    {
        foreach (var listener in Data.Listeners)
        {
            Assert.All(listener.Services, slug => Assert.Contains(new ServicePort(PortProtocol.Tcp, listener.Port), FleetCatalog.BuiltIn.FindService(slug)!.Ports));
        }
    }

    [Fact]
    public void Settings_and_personas_are_those_of_the_catalog()
    {
        var keys = FleetCatalog.BuiltIn.Services.SelectMany(service => service.ConfigFields).Select(field => field.Key).ToHashSet();
        string[] families = [.. FleetCatalog.BuiltIn.OsFamilies.Select(family => family.Slug)];
        string[] tags = [.. families, .. FleetCatalog.BuiltIn.Distros.Select(distro => distro.Slug), "*"];
        foreach (var value in Data.Values.Values)
        {
            Assert.All(((string?[])[value.Setting, value.Pick]).OfType<string>(), key => Assert.Contains(key, keys));
            Assert.True(value.Pick is not null || value.By.Keys.All(tags.Contains), string.Join(' ', value.By.Keys));
            Assert.Contains("*", value.By.Keys);
        }

        Assert.All(Data.Listeners.SelectMany(listener => listener.For), tag => Assert.Contains(tag, tags));
    }
}
