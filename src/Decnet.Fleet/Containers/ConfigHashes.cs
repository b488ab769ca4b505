namespace Decnet.Fleet.Containers;

using System.Buffers;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>The hashes that decide whether a container or a decky is still what it should be.</summary>
internal static class ConfigHashes
{
    /// <summary>Marks our hashes and the version of their encoding.</summary>
    internal const string Prefix = "d1-";

    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    internal static bool IsOurs(string hash) =>
        hash.Length == Prefix.Length + 64
        && hash.StartsWith(Prefix, StringComparison.Ordinal)
        && !hash.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits);

    internal static string Of(ContainerSpec spec, CanonicalBytes bytes)
    {
        bytes.Add(spec.Name).Add((int)spec.Role).Add(spec.ServiceName).Add(spec.Image).Add(spec.Command).Add(spec.Hostname)
            .Add(spec.Environment).Add(spec.Labels).Add(spec.Sysctls).Add(spec.Capabilities).Add(spec.Volumes.Count);
        foreach (var volume in spec.Volumes)
        {
            bytes.Add(volume.Folder).Add(volume.Path).Add(volume.ReadOnly ? 1 : 0);
        }

        bytes.Add(spec.Ports.Count);
        foreach (var port in spec.Ports)
        {
            bytes.Add((int)port.Protocol).Add(port.Number);
        }

        bytes.Add(spec.NetworkName).Add(spec.IPAddress?.ToString()).Add(spec.MacAddress?.ToString());
        return Prefix + bytes.TakeHash();
    }

    /// <summary>The hash of a decky: its configuration without what merely happened to it, its containers, and the driver.</summary>
    internal static string Of(Decky decky, NetworkDriver driver, ContainerSpec @base, ContainerSpec[] services, CanonicalBytes bytes)
    {
        bytes.Add(JsonSerializer.SerializeToUtf8Bytes(Lasting(decky), ModelJsonContext.Default.Decky).AsSpan()).Add((int)driver).Add(@base.ConfigHash);
        bytes.Add(services.Length);
        foreach (var service in services)
        {
            bytes.Add(service.ConfigHash);
        }

        return bytes.TakeHash();
    }

    static Decky Lasting(Decky decky) =>
        decky with { LastMutated = null, LastLoginAttempt = null, ServiceConfig = Sorted(decky.ServiceConfig, config => Sorted(config, value => value)) };

    static ValueMap<T> Sorted<T>(ValueMap<T> map, Func<T, T> each) =>
        map.Count == 0
            ? map
            : new(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new KeyValuePair<string, T>(entry.Key, each(entry.Value))));
}
