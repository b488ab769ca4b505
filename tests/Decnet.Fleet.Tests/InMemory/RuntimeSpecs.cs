namespace Decnet.Fleet.Tests.InMemory;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;

/// <summary>Specifications of containers and networks, and runtimes on which they run.</summary>
internal static class RuntimeSpecs
{
    internal const string NetworkName = "decnet_lan";

    internal static NetworkSpec Network(string name = NetworkName, string subnet = "192.168.1.0/24") => new()
    {
        Name = name,
        Driver = NetworkDriver.Bridge,
        Subnet = IPNetwork.Parse(subnet),
        Gateway = IPAddress.Parse("192.168.1.1"),
    };

    internal static ContainerSpec Base(string decky, string address = "192.168.1.20") => new()
    {
        Name = decky,
        Role = ContainerRole.Base,
        Image = "debian:bookworm-slim",
        Labels = Labels(decky),
        NetworkName = NetworkName,
        IPAddress = IPAddress.Parse(address),
        ConfigHash = new string('1', 64),
    };

    internal static ContainerSpec Service(string decky, string service = "ssh") => new()
    {
        Name = $"{decky}-{service}",
        Role = ContainerRole.Service,
        ServiceName = service,
        Image = $"decnet/{service}",
        Labels = Labels(decky),
        ConfigHash = new string('2', 64),
    };

    internal static async Task<(InMemoryContainerRuntime Runtime, string BaseId, string ServiceId)> RunningDeckyAsync(TimeProvider? time = null)
    {
        var runtime = new InMemoryContainerRuntime(HostId.Local, time);
        await runtime.CreateNetworkAsync(Network());
        var baseId = await runtime.CreateContainerAsync(Base("web-01"), "web-01", null);
        await runtime.StartContainerAsync(baseId);
        var serviceId = await runtime.CreateContainerAsync(Service("web-01"), "web-01-ssh", baseId);
        await runtime.StartContainerAsync(serviceId);
        return (runtime, baseId, serviceId);
    }

    internal static async Task<IReadOnlyList<ObservedContainer>> ObservedAsync(IContainerRuntime runtime) =>
        ((ObservedState.Known)await runtime.ObserveAsync()).Containers;

    static ValueMap<string> Labels(string decky) => new([new(DecnetLabels.Decky, decky)]);
}
