namespace Decnet.Fleet.InMemory;

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;

/// <summary>The state of a simulated container engine and its rules. Its owner holds a lock around every call.</summary>
internal sealed class InMemoryEngine(HostId host)
{
    const int KilledExitCode = 137;
    const int TerminatedExitCode = 143;

    readonly List<EngineContainer> containers = [];
    readonly Dictionary<string, EngineContainer> byId = new(StringComparer.Ordinal);
    readonly Dictionary<string, EngineContainer> byName = new(StringComparer.Ordinal);

    /// <summary>Who last started with an address. Whether that container still holds it is asked when it matters.</summary>
    readonly Dictionary<(string Network, IPAddress Address), EngineContainer> addresses = [];
    readonly List<ObservedNetwork> networks = [];
    int ids;

    internal HashSet<string> RemovedImages { get; } = new(StringComparer.Ordinal);

    internal HashSet<string> MissingImages { get; } = new(StringComparer.Ordinal);

    internal IReadOnlyList<EngineContainer> Containers => containers;

    internal EngineContainer? FindById(string id) => byId.GetValueOrDefault(id);

    internal EngineContainer? FindByName(string name) => byName.GetValueOrDefault(name);

    internal ObservedNetwork? FindNetwork(string name) =>
        networks.Find(network => network.Spec.Name == name) is { } found ? found with { Attached = AttachedTo(name) } : null;

    internal string? NetworkName(string id) => networks.Find(network => network.Id == id)?.Spec.Name;

    internal bool IsReachable(EngineContainer container)
    {
        if (container.Observed.NetworkContainerId is not { } baseId)
        {
            return container.Observed.State == ContainerState.Running;
        }

        return container.Observed.State == ContainerState.Running
            && FindById(baseId) is { IsRunning: true } owner
            && owner.NamespaceStart == container.NamespaceStart;
    }

    /// <summary>What a listing shows of a container.</summary>
    internal ObservedContainer Show(EngineContainer container)
    {
        var lost = container.Observed is { State: ContainerState.Running, NetworkContainerId: { } baseId }
            && FindById(baseId) is { IsRunning: true } owner
            && owner.NamespaceStart != container.NamespaceStart;
        return lost == container.Observed.NetworkLost ? container.Observed : container.Observed with { NetworkLost = lost };
    }

    internal void CreateNetwork(NetworkSpec spec)
    {
        if (networks.Exists(network => network.Spec.Name == spec.Name))
        {
            throw Refuse(RuntimeError.Conflict, $"network with name {spec.Name} already exists");
        }

        if (networks.Find(network => Overlap(network.Spec.Subnet, spec.Subnet)) is { } other)
        {
            throw Refuse(
                RuntimeError.Conflict,
                $"the subnet {spec.Subnet} of network {spec.Name} overlaps with {other.Spec.Subnet} of network {other.Spec.Name}");
        }

        networks.Add(new ObservedNetwork(NextId("network"), spec, []));
    }

    internal bool RemoveNetwork(string id)
    {
        if (NetworkName(id) is not { } name)
        {
            return false;
        }

        var attached = AttachedTo(name);
        if (attached.Count > 0)
        {
            throw Refuse(RuntimeError.Conflict, $"network {name} has active endpoints: {attached}");
        }

        return networks.RemoveAll(network => network.Id == id) > 0;
    }

    internal EngineContainer Create(ContainerSpec spec, string name, string? baseId, DateTimeOffset now)
    {
        if (!spec.Labels.TryGetValue(DecnetLabels.Decky, out var decky))
        {
            throw Refuse(RuntimeError.Invalid, $"container {name} has no label {DecnetLabels.Decky}, so nobody could tell whose it is");
        }

        if (FindByName(name) is { } holder)
        {
            throw Refuse(RuntimeError.Conflict, $"the container name {name} is already in use by container {holder.Id}");
        }

        if (RemovedImages.Contains(spec.Image) || MissingImages.Contains(spec.Image))
        {
            throw Refuse(RuntimeError.NotFound, $"no such image: {spec.Image}");
        }

        if (baseId is not null && FindById(baseId) is null)
        {
            throw Refuse(RuntimeError.NotFound, $"container {name} cannot join the network of {baseId}: no such container");
        }

        var made = new EngineContainer
        {
            Spec = spec,
            CreatedAt = now,
            Observed = new ObservedContainer
            {
                Id = NextId("container"),
                Name = name,
                DeckyName = decky,
                Role = spec.Role,
                ServiceName = spec.ServiceName,
                HostId = host,
                ConfigHash = spec.ConfigHash,
                State = ContainerState.Created,
                NetworkContainerId = baseId,
            },
        };
        Add(made);
        return made;
    }

    internal void Add(EngineContainer container)
    {
        if (container.IsRunning && container.Observed.NetworkContainerId is { } baseId && FindById(baseId) is { } owner)
        {
            container.NamespaceStart = owner.NamespaceStart;
        }

        containers.Add(container);
        byId.Add(container.Id, container);
        byName.Add(container.Name, container);
    }

    internal bool Start(EngineContainer container)
    {
        switch (container.Observed.State)
        {
            case ContainerState.Running or ContainerState.Restarting:
                return false;
            case ContainerState.Paused:
                throw Refuse(RuntimeError.Conflict, $"container {container.Name} is paused: stop it first");
            case ContainerState.Dead or ContainerState.Removing:
                throw Refuse(RuntimeError.Conflict, $"container {container.Name} is being removed and cannot be started");
        }

        container.NamespaceStart = container.Observed.NetworkContainerId is { } baseId
            ? NamespaceOf(container, baseId)
            : OwnNamespace(container);
        container.Starts++;
        container.Enter(ContainerState.Running);
        return true;
    }

    /// <summary>Ends a running container and starts it at once, and nothing else.</summary>
    internal bool Restart(EngineContainer container) => Kill(container) && Start(container);

    internal static bool Stop(EngineContainer container, TimeSpan grace) =>
        End(container, grace > TimeSpan.Zero ? TerminatedExitCode : KilledExitCode);

    internal static bool Kill(EngineContainer container) => End(container, KilledExitCode);

    internal static bool End(EngineContainer container, int exitCode)
    {
        if (!container.IsRunning && container.Observed.State != ContainerState.Restarting)
        {
            return false;
        }

        container.Enter(ContainerState.Exited, exitCode);
        return true;
    }

    internal bool Rename(EngineContainer container, string name)
    {
        if (container.Name == name)
        {
            return false;
        }

        if (FindByName(name) is { } holder)
        {
            throw Refuse(RuntimeError.Conflict, $"container {container.Name} cannot be named {name}: container {holder.Id} has that name");
        }

        byName.Remove(container.Name);
        container.Observed = container.Observed with { Name = name };
        byName.Add(name, container);
        return true;
    }

    internal bool Remove(string id) =>
        byId.Remove(id, out var container) && byName.Remove(container.Name) && containers.Remove(container);

    internal static RuntimeException Refuse(RuntimeError error, string what) => new(error, $"The in-memory runtime refused: {what}.");

    int NamespaceOf(EngineContainer service, string baseId) => FindById(baseId) switch
    {
        null => throw Refuse(
            RuntimeError.Conflict, $"container {service.Name} cannot join the network of {baseId}: that container is gone; make the service anew"),
        { IsRunning: false } owner => throw Refuse(
            RuntimeError.Conflict, $"container {service.Name} cannot join network of a non running container: {owner.Name} ({baseId})"),
        var owner => owner.NamespaceStart,
    };

    int OwnNamespace(EngineContainer container)
    {
        if (container.Spec is { NetworkName: { } network } spec)
        {
            if (!networks.Exists(known => known.Spec.Name == network))
            {
                throw Refuse(RuntimeError.NotFound, $"container {container.Name} cannot start: network {network} not found");
            }

            if (spec.IPAddress is { } address)
            {
                Occupy((network, address), container);
            }
        }

        return container.Starts + 1;
    }

    void Occupy((string Network, IPAddress Address) place, EngineContainer container)
    {
        if (addresses.TryGetValue(place, out var holder) && holder != container && holder.IsRunning && byId.ContainsKey(holder.Id))
        {
            throw Refuse(
                RuntimeError.Conflict,
                $"container {container.Name} cannot start: address {place.Address} is already in use by container {holder.Name}");
        }

        addresses[place] = container;
    }

    ValueList<string> AttachedTo(string network) =>
    [
        .. containers.Where(container => container.IsRunning && container.Spec?.NetworkName == network).Select(container => container.Name),
    ];

    string NextId(string kind) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}/{kind}/{++ids}")));

    static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);
}
