namespace Decnet.FakeDaemon.Listing;

using System.Text.Json;
using Decnet.FakeDaemon.Engine;

/// <summary>
/// Writes a container as <c>GET /containers/json</c> does. The order of the fields is that of the engine's release; fields that came
/// with a version of the API appear when that version is asked for.
/// </summary>
sealed class SummaryWriter(Utf8JsonWriter json, string engineVersion, string askedVersion)
{
    readonly bool _hasNamesOnNetwork = EngineRelease.IsAtLeast(engineVersion, "1.44");
    readonly bool _hasOptionsFirst = EngineRelease.IsAtLeast(engineVersion, "1.45");
    readonly bool _hasGatewayPriority = EngineRelease.IsAtLeast(engineVersion, "1.48");
    readonly bool _hasMacWithAddress = EngineRelease.IsAtLeast(engineVersion, "1.52");
    readonly bool _hasManifest = EngineRelease.IsAtLeast(engineVersion, "1.52") && EngineRelease.IsAtLeast(askedVersion, "1.48");
    readonly bool _hasHealth = EngineRelease.IsAtLeast(askedVersion, "1.52");

    public void Write(FakeContainer container)
    {
        json.WriteStartObject();
        json.WriteString("Id", container.Id);
        json.WriteStartArray("Names");
        json.WriteStringValue("/" + container.Name);
        json.WriteEndArray();
        json.WriteString("Image", container.Image);
        json.WriteString("ImageID", container.ImageId);
        WriteManifest(container);
        json.WriteString("Command", container.Command);
        json.WriteNumber("Created", container.Created);
        json.WriteStartArray("Ports");
        json.WriteEndArray();
        WriteLabels(container);
        json.WriteString("State", container.State);
        json.WriteString("Status", container.Status);
        json.WriteStartObject("HostConfig");
        json.WriteString("NetworkMode", container.NetworkMode);
        json.WriteEndObject();
        WriteHealth(container);
        WriteNetworks(container);
        json.WriteStartArray("Mounts");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteManifest(FakeContainer container)
    {
        if (!_hasManifest)
        {
            return;
        }

        json.WriteStartObject("ImageManifestDescriptor");
        json.WriteString("mediaType", "application/vnd.oci.image.manifest.v1+json");
        json.WriteString("digest", container.ImageId);
        json.WriteNumber("size", 610);
        json.WriteStartObject("platform");
        json.WriteString("architecture", "amd64");
        json.WriteString("os", "linux");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteLabels(FakeContainer container)
    {
        json.WriteStartObject("Labels");
        foreach (var (name, value) in container.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    void WriteHealth(FakeContainer container)
    {
        if (_hasHealth)
        {
            json.WriteStartObject("Health");
            json.WriteString("Status", container.Health);
            json.WriteNumber("FailingStreak", container.FailingStreak);
            json.WriteEndObject();
        }
    }

    void WriteNetworks(FakeContainer container)
    {
        json.WriteStartObject("NetworkSettings");
        json.WriteStartObject("Networks");
        foreach (var endpoint in container.Endpoints.OrderBy(endpoint => endpoint.Network, StringComparer.Ordinal))
        {
            WriteEndpoint(endpoint);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteEndpoint(FakeEndpoint endpoint)
    {
        json.WriteStartObject(endpoint.Network);
        WriteFixedAddress(endpoint);
        json.WriteNull("Links");
        json.WriteNull("Aliases");
        WriteIf(_hasNamesOnNetwork && !_hasMacWithAddress, () => json.WriteString("MacAddress", endpoint.Mac));
        WriteIf(_hasOptionsFirst, () => json.WriteNull("DriverOpts"));
        WriteIf(_hasGatewayPriority, () => json.WriteNumber("GwPriority", 0));
        json.WriteString("NetworkID", endpoint.NetworkId);
        json.WriteString("EndpointID", endpoint.EndpointId);
        json.WriteString("Gateway", endpoint.Gateway);
        json.WriteString("IPAddress", endpoint.Address);
        WriteIf(_hasMacWithAddress, () => json.WriteString("MacAddress", endpoint.Mac));
        json.WriteNumber("IPPrefixLen", endpoint.PrefixLength);
        json.WriteString("IPv6Gateway", "");
        json.WriteString("GlobalIPv6Address", "");
        json.WriteNumber("GlobalIPv6PrefixLen", 0);
        WriteIf(!_hasNamesOnNetwork, () => json.WriteString("MacAddress", endpoint.Mac));
        WriteIf(!_hasOptionsFirst, () => json.WriteNull("DriverOpts"));
        WriteIf(_hasNamesOnNetwork, () => json.WriteNull("DNSNames"));
        json.WriteEndObject();
    }

    void WriteFixedAddress(FakeEndpoint endpoint)
    {
        if (endpoint.FixedAddress is not { } address)
        {
            json.WriteNull("IPAMConfig");
            return;
        }

        json.WriteStartObject("IPAMConfig");
        json.WriteString("IPv4Address", address);
        json.WriteEndObject();
    }

    static void WriteIf(bool condition, Action write)
    {
        if (condition)
        {
            write();
        }
    }
}
