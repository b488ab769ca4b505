namespace Decnet.Victim.Passing;

using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.InMemory;
using Decnet.Fleet.Model;

/// <summary>One change of the engine as an entry of the journal. The engine is changed by entries only, now and when they are read again.</summary>
static class RuntimeEntry
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static string[] Of(NetworkSpec network) =>
        ["network", network.Name, network.Driver.ToString(), network.Subnet.ToString(), network.Gateway.ToString(), network.ParentInterface ?? ""];

    public static string[] Of(ContainerSpec container, string name, string? baseId) =>
    [
        "create", name, baseId ?? "", container.Labels[DecnetLabels.Decky], container.ServiceName ?? "", container.ConfigHash,
        container.NetworkName ?? "", container.IPAddress?.ToString() ?? "",
    ];

    /// <summary>Makes the change and returns the id of the container that it makes, if it makes one.</summary>
    public static async Task<string> ApplyAsync(InMemoryContainerRuntime engine, string[] entry)
    {
        switch (entry)
        {
            case ["network", var name, var driver, var subnet, var gateway, var parent]:
                await engine.CreateNetworkAsync(new NetworkSpec
                {
                    Name = name,
                    Driver = Enum.Parse<NetworkDriver>(driver),
                    Subnet = IPNetwork.Parse(subnet),
                    Gateway = IPAddress.Parse(gateway),
                    ParentInterface = OrNull(parent),
                });
                break;
            case ["remove network", var id]:
                await engine.RemoveNetworkAsync(id);
                break;
            case ["create", var name, var baseId, var decky, var service, var hash, var network, var address]:
                return await engine.CreateContainerAsync(Container(name, decky, service, hash, network, address), name, OrNull(baseId));
            case ["start", var id]:
                await engine.StartContainerAsync(id);
                break;
            case ["stop", var id]:
                await engine.StopContainerAsync(id, Grace);
                break;
            case ["rename", var id, var name]:
                await engine.RenameContainerAsync(id, name);
                break;
            case ["remove", var id]:
                await engine.RemoveContainerAsync(id);
                break;
            case ["crash", var name]:
                engine.Crash(name);
                break;
            case ["lose", var name]:
                engine.RemoveBehindOurBack(name);
                break;
            default:
                throw new InvalidDataException($"'{string.Join(' ', entry)}' is no entry of a journal.");
        }

        return "";
    }

    static ContainerSpec Container(string name, string decky, string service, string hash, string network, string address) => new()
    {
        Name = name,
        Role = service.Length == 0 ? ContainerRole.Base : ContainerRole.Service,
        ServiceName = OrNull(service),
        Image = DeckyComposer.DefaultDecoyImage,
        Labels = new ValueMap<string>([new(DecnetLabels.Decky, decky)]),
        ConfigHash = hash,
        NetworkName = OrNull(network),
        IPAddress = address.Length == 0 ? null : IPAddress.Parse(address),
    };

    static string? OrNull(string text) => text.Length == 0 ? null : text;
}
