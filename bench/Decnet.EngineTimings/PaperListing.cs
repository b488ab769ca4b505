namespace Decnet.EngineTimings;

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>What an engine 24 answers to <c>GET /containers/json</c> when a fleet of any size runs.</summary>
internal static class PaperListing
{
    const long Created = 1_700_000_000;

    internal static byte[] Of(Fleet fleet)
    {
        var composer = new DeckyComposer(FleetCatalog.For(fleet));
        var list = new JsonArray();
        foreach (var decky in fleet.Deckies)
        {
            var blueprint = composer.Compose(fleet, decky);
            foreach (var service in blueprint.Services)
            {
                list.Add(Container(service, blueprint.Base));
            }

            list.Add(Container(blueprint.Base, blueprint.Base));
        }

        return JsonSerializer.SerializeToUtf8Bytes(list);
    }

    static JsonObject Container(ContainerSpec container, ContainerSpec @base)
    {
        var isBase = container == @base;
        return new JsonObject
        {
            ["Id"] = IdOf(container.Name),
            ["Names"] = new JsonArray("/" + container.Name),
            ["Image"] = container.Image.Split('@')[0],
            ["ImageID"] = "sha256:" + IdOf(container.Image),
            ["Command"] = string.Join(' ', container.Command),
            ["Created"] = Created,
            ["Ports"] = new JsonArray(),
            ["Labels"] = new JsonObject(DecnetLabels.For(container, HostId.Local).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            ["State"] = "running",
            ["Status"] = "Up 3 hours",
            ["HostConfig"] = new JsonObject { ["NetworkMode"] = isBase ? container.NetworkName : "container:" + IdOf(@base.Name) },
            ["NetworkSettings"] = new JsonObject { ["Networks"] = isBase ? new JsonObject { [container.NetworkName!] = Endpoint(container) } : new JsonObject() },
            ["Mounts"] = new JsonArray(),
        };
    }

    static JsonObject Endpoint(ContainerSpec container) => new()
    {
        ["IPAMConfig"] = new JsonObject { ["IPv4Address"] = container.IPAddress!.ToString() },
        ["Links"] = null,
        ["Aliases"] = null,
        ["NetworkID"] = IdOf(container.NetworkName!),
        ["EndpointID"] = IdOf("endpoint of " + container.Name),
        ["Gateway"] = "198.19.255.254",
        ["IPAddress"] = container.IPAddress.ToString(),
        ["IPPrefixLen"] = 15,
        ["IPv6Gateway"] = "",
        ["GlobalIPv6Address"] = "",
        ["GlobalIPv6PrefixLen"] = 0,
        ["MacAddress"] = container.MacAddress?.ToString(),
        ["DriverOpts"] = null,
    };

    static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
