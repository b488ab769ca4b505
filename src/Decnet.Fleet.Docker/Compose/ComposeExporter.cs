namespace Decnet.Fleet.Docker.Compose;

using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Creation;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Networks;
using Decnet.Fleet.Model;

/// <summary>
/// Writes a fleet as a Compose file: the same containers, on the same network, with the same labels as the runtime makes, so
/// that a fleet brought up by <c>docker compose -p decnet up -d</c> is seen for what it is. It is an export; nothing reads it back.
/// </summary>
/// <remarks>
/// The file has no <c>version</c> and no <c>name</c>: Compose 1.29 refuses the latter. The project must be the one of the options,
/// <c>decnet</c> by default.
/// </remarks>
public static class ComposeExporter
{
    /// <summary>Writes the deckies of one host.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">The host and how containers are made; null for the defaults.</param>
    /// <param name="decoyImage">The image that stands in for services without one; null for the default.</param>
    /// <returns>The YAML.</returns>
    /// <exception cref="DecnetException">A decky cannot be composed, or an image is none.</exception>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all of them.</exception>
    public static string Export(Fleet fleet, DockerRuntimeOptions? options = null, string? decoyImage = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Export(fleet, writer, options, decoyImage);
        return writer.ToString();
    }

    /// <summary>Writes the deckies of one host.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="writer">Gets the YAML.</param>
    /// <param name="options">The host and how containers are made; null for the defaults.</param>
    /// <param name="decoyImage">The image that stands in for services without one; null for the default.</param>
    /// <exception cref="DecnetException">A decky cannot be composed, or an image is none.</exception>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all of them.</exception>
    public static void Export(Fleet fleet, TextWriter writer, DockerRuntimeOptions? options = null, string? decoyImage = null)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(writer);
        options ??= new DockerRuntimeOptions();
        options.Validate();
        var composer = new DeckyComposer(FleetCatalog.For(fleet), decoyImage);
        var project = new FleetProject(options.Project);
        var deckies = fleet.Deckies.Where(decky => decky.EffectiveHost(options.HostId) == options.HostId).Select(decky => OnEngine(composer.Compose(fleet, decky), project)).ToArray();
        var network = NetworkReading.ToCreate(project.ToEngine(DeckyComposer.Network(fleet)));
        var yaml = new ComposeYaml(writer);
        yaml.Map(() =>
        {
            yaml.Map("services", () =>
            {
                foreach (var decky in deckies)
                {
                    WriteDecky(yaml, decky, options);
                }
            });
            yaml.Map("networks", () => yaml.NamedMap(network.Name, () => WriteNetwork(yaml, network)));
        });
        yaml.End();
    }

    static DeckyBlueprint OnEngine(DeckyBlueprint decky, FleetProject project) =>
        decky with { Base = project.ToEngine(decky.Base), Services = [.. decky.Services.Select(project.ToEngine)] };

    static void WriteDecky(ComposeYaml yaml, DeckyBlueprint decky, DockerRuntimeOptions options)
    {
        var bodies = new ContainerBodies(options);
        yaml.NamedMap(KeyOf(decky.Base), () =>
        {
            WriteContainer(yaml, decky.Base, bodies.Make(decky.Base, ImageOf(decky.Base, options), null)(ApiVersion.Oldest));
            yaml.Map("networks", () => yaml.NamedMap(decky.Base.NetworkName!, () => yaml.Text("ipv4_address", decky.Base.IPAddress?.ToString())));
        });
        foreach (var service in decky.Services)
        {
            yaml.NamedMap(KeyOf(service), () =>
            {
                WriteContainer(yaml, service, bodies.Make(service, ImageOf(service, options), decky.Base.Name)(ApiVersion.Oldest));
                yaml.Text("network_mode", $"service:{KeyOf(decky.Base)}");
                yaml.Texts("depends_on", [KeyOf(decky.Base)]);
            });
        }
    }

    static void WriteContainer(ComposeYaml yaml, ContainerSpec container, ContainerCreate body)
    {
        var host = body.HostConfig!;
        yaml.Text("image", body.Image);
        yaml.Text("container_name", container.Name);
        yaml.Text("hostname", body.Hostname);
        yaml.Text("mac_address", body.MacAddress);
        yaml.Texts("command", body.Cmd);
        yaml.Pairs("environment", container.Environment);
        yaml.Pairs("labels", body.Labels!.Where(label => !label.Key.StartsWith("com.docker.compose.", StringComparison.Ordinal)));
        yaml.Pairs("sysctls", host.Sysctls);
        yaml.Texts("cap_drop", host.CapDrop);
        yaml.Texts("cap_add", host.CapAdd);
        yaml.Texts("security_opt", host.SecurityOpt);
        yaml.Number("pids_limit", host.PidsLimit);
        yaml.Number("mem_limit", host.Memory);
        yaml.Number("memswap_limit", host.MemorySwap);
        yaml.Fraction("cpus", host.NanoCpus / 1e9);
        yaml.Texts("volumes", host.Binds);
        yaml.Text("restart", host.RestartPolicy?.Name);
        yaml.Text("stop_signal", body.StopSignal);
        yaml.Text("stop_grace_period", body.StopTimeout is { } seconds ? $"{seconds}s" : null);
        yaml.Map("logging", () =>
        {
            yaml.Text("driver", host.LogConfig!.Type);
            yaml.Pairs("options", host.LogConfig.Config);
        });
    }

    static void WriteNetwork(ComposeYaml yaml, NetworkCreate network)
    {
        yaml.Text("name", network.Name);
        yaml.Text("driver", network.Driver);
        yaml.Pairs("driver_opts", network.Options);
        yaml.Map("ipam", () =>
        {
            var pool = network.IPAM!.Config![0];
            yaml.Single("config", () =>
            {
                yaml.Text("subnet", pool.Subnet);
                yaml.Text("gateway", pool.Gateway);
                yaml.Text("ip_range", pool.IPRange);
            });
        });
    }

    static string ImageOf(ContainerSpec container, DockerRuntimeOptions options) => ImageChoice.Of(container.Image, options.ImagePolicy).Reference.Familiar;

    /// <summary>The key under which Compose knows a container; it becomes the label <see cref="DecnetLabels.ComposeService"/>.</summary>
    static string KeyOf(ContainerSpec container) => container.Labels[DecnetLabels.ComposeService];
}
