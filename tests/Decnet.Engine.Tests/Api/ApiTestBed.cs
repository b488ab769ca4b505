namespace Decnet.Engine.Tests.Api;

using Decnet.Engine.Tests.Support;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Endpoints;
using Xunit;

/// <summary>A client of the test engine, and what the tests of the client make with it.</summary>
public abstract class ApiTestBed(TestEngine engine) : IAsyncLifetime
{
    internal const string Image = "busybox:1.36";
    internal const string Network = "api-tests";

    internal static readonly Dictionary<string, string> Labels = new() { ["com.docker.compose.project"] = "decnet" };
    internal static readonly CancellationToken None = CancellationToken.None;

    internal TestEngine Engine => engine;

    internal EngineClient Client { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Client = EngineClient.Create(DockerEndpoint.Parse(engine.Endpoint));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Client is not null)
        {
            await engine.CleanAsync();
            Client.Dispose();
        }
    }

    internal async Task<string> CreateAsync(string name, string command, Func<ContainerCreate, ContainerCreate>? change = null)
    {
        var container = new ContainerCreate
        {
            Image = Image,
            Cmd = ["sh", "-c", command],
            Labels = Labels,
            HostConfig = new HostConfig { NetworkMode = "none" },
        };
        return (await Client.Containers.CreateAsync(change?.Invoke(container) ?? container, name, None)).Id!;
    }

    internal async Task<string> CreateNetworkAsync(string name = Network, string subnet = "198.18.242.0/24")
    {
        var addresses = new NetworkIPAM { Config = [new NetworkPool { Subnet = subnet }] };
        var network = new NetworkCreate { Name = name, Driver = "bridge", Labels = Labels, IPAM = addresses };
        return (await Client.Networks.CreateAsync(network, None)).Id!;
    }

    /// <summary>A container in the network of the tests, with a fixed address.</summary>
    internal static ContainerCreate At(string address, ContainerCreate container) => container with
    {
        HostConfig = new HostConfig { NetworkMode = Network },
        NetworkingConfig = new NetworkingConfig { EndpointsConfig = new Dictionary<string, EndpointSettings> { [Network] = Fixed(address) } },
    };

    internal static EndpointSettings Fixed(string address) => new() { IPAMConfig = new EndpointIPAM { IPv4Address = address } };

    internal static Task<DockerEngineException> FailAsync(Func<Task> call) => Assert.ThrowsAsync<DockerEngineException>(call);
}
