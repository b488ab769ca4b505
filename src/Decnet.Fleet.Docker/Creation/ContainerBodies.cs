namespace Decnet.Fleet.Docker.Creation;

using System.Globalization;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using RestartBody = Decnet.Fleet.Docker.Api.Models.RestartPolicy;

/// <summary>
/// Makes the bodies by which the engine makes containers. Everything is taken away that a decoy does not need, and nothing
/// that can be seen from inside names the product or the decky.
/// </summary>
internal sealed class ContainerBodies(DockerRuntimeOptions options)
{
    /// <summary>Makes the body of a container.</summary>
    /// <returns>The body for a version of the engine's API, which can become another one until the engine has taken the request.</returns>
    internal Func<ApiVersion, ContainerCreate> Make(ContainerSpec container, string image, string? baseContainerId)
    {
        Check(container, baseContainerId);
        var isBase = container.Role == ContainerRole.Base;
        var body = new ContainerCreate
        {
            Image = image,
            Hostname = isBase ? container.Hostname : null,
            Cmd = container.Command.Count == 0 ? null : [.. container.Command],
            Env = [.. container.Environment.Select(entry => $"{entry.Key}={entry.Value}")],
            Labels = DecnetLabels.For(container, options.HostId),
            // A base only sleeps, as a first process that no other signal ends.
            StopSignal = isBase ? "SIGKILL" : null,
            StopTimeout = (int)Math.Ceiling(options.StopGrace.TotalSeconds),
            HostConfig = Host(container, baseContainerId),
            NetworkingConfig = container.NetworkName is { } network
                ? new NetworkingConfig
                {
                    EndpointsConfig = new Dictionary<string, EndpointSettings>
                    {
                        [network] = new()
                        {
                            IPAMConfig = container.IPAddress is { } address ? new EndpointIPAM { IPv4Address = address.ToString() } : null,
                        },
                    },
                }
                : null,
        };
        return container is { MacAddress: { } mac, NetworkName: { } lan } ? version => body.WithMacAddress(mac.ToString(), lan, version) : _ => body;
    }

    HostConfig Host(ContainerSpec container, string? baseContainerId) => new()
    {
        NetworkMode = baseContainerId is null ? container.NetworkName : $"container:{baseContainerId}",
        RestartPolicy = new RestartBody { Name = WordOf(options.RestartPolicy) },
        CapDrop = ["ALL"],
        CapAdd = container.Capabilities.Count == 0 ? null : [.. container.Capabilities],
        SecurityOpt = ["no-new-privileges:true"],
        PidsLimit = options.Limits.PidsLimit,
        Memory = options.Limits.MemoryBytes,
        NanoCpus = options.Limits.Cpus is { } processors ? (long)(processors * 1_000_000_000) : null,
        Sysctls = container.Sysctls.Count == 0 ? null : container.Sysctls,
        Binds = container.Volumes.Count == 0 ? null : [.. container.Volumes.Select(volume => ArtifactFolders.Bind(options.ArtifactsRoot, container, volume))],
        LogConfig = new LogConfig
        {
            Type = "json-file",
            Config = new Dictionary<string, string>
            {
                ["max-size"] = options.LogRotation.MaxFileBytes.ToString(CultureInfo.InvariantCulture),
                ["max-file"] = options.LogRotation.MaxFiles.ToString(CultureInfo.InvariantCulture),
            },
        },
    };

    static void Check(ContainerSpec container, string? baseContainerId)
    {
        var fault = (container.Role, baseContainerId) switch
        {
            (ContainerRole.Base, not null) => "a base joins no other container",
            (ContainerRole.Service, null) => "a service needs a base whose network it joins",
            (ContainerRole.Base, null) when container.NetworkName is null => "a base needs a network",
            (ContainerRole.Service, _) when container.NetworkName is not null || container.Sysctls.Count > 0 =>
                "a service has no network and no kernel settings of its own",
            _ => null,
        };
        if (fault is not null)
        {
            throw new RuntimeException(RuntimeError.Invalid, $"The container {container.Name} cannot be made: {fault}.");
        }
    }

    static string WordOf(Docker.RestartPolicy policy) => policy switch
    {
        Docker.RestartPolicy.Always => "always",
        Docker.RestartPolicy.OnFailure => "on-failure",
        Docker.RestartPolicy.No => "no",
        _ => "unless-stopped",
    };
}
