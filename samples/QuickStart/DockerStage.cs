namespace QuickStart;

using System.Net.Sockets;
using System.Text;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;

/// <summary>Real containers on a Docker engine. It begins only where no fleet is, and leaves nothing behind.</summary>
internal sealed class DockerStage : IStage
{
    readonly DockerContainerRuntime runtime;

    DockerStage(DockerContainerRuntime runtime) => this.runtime = runtime;

    public IContainerRuntime Runtime => runtime;

    public ReconcilerOptions Options { get; } = new() { DecoyImage = DockerEnvironment.DecoyImage(Environment.GetEnvironmentVariable) ?? DeckyComposer.DefaultDecoyImage };

    public bool CanKeep => true;

    internal static async Task<DockerStage> OpenAsync()
    {
        var runtime = DockerContainerRuntime.FromEnvironment(new DockerRuntimeOptions { ImagePolicy = ImagePolicy.Tag });
        var stage = new DockerStage(runtime);
        if (await runtime.ObserveAsync() is ObservedState.Unreachable unreachable)
        {
            await stage.DisposeAsync();
            throw new DecnetException(unreachable.Reason);
        }

        if ((await stage.ContainersAsync()).Count > 0 || await runtime.FindNetworkAsync(DecnetLabels.NetworkName) is not null)
        {
            await stage.DisposeAsync();
            throw new DecnetException(
                $"The engine at {runtime.Endpoint} has a fleet or a network {DecnetLabels.NetworkName} already, which the tour must not touch. "
                + "Remove them first, or name another engine in DOCKER_HOST.");
        }

        return stage;
    }

    public async Task KillAsync(string container) => await runtime.StopContainerAsync(await FindAsync(container), TimeSpan.Zero);

    public async Task RemoveAsync(string container) => await runtime.RemoveContainerAsync(await FindAsync(container));

    public async Task ShowAsync(Fleet fleet)
    {
        Console.WriteLine("   What a connection from this host gets to read:\n");
        var catalog = FleetCatalog.For(fleet);
        var rows = new List<string?[]>();
        foreach (var decky in fleet.Deckies)
        {
            foreach (var port in decky.Services.SelectMany(slug => catalog.FindService(slug)!.Ports).Where(port => port.Protocol == PortProtocol.Tcp))
            {
                rows.Add([decky.Name, $"{decky.IPAddress}:{port.Number}", await GreetingAsync(decky, port.Number)]);
            }
        }

        Table.Print(["name", "address", "greeting"], rows);
    }

    public async Task ClearAsync()
    {
        foreach (var container in (await ContainersAsync()).OrderByDescending(container => container.Role))
        {
            await runtime.RemoveContainerAsync(container.Id);
        }

        if (await runtime.FindNetworkAsync(DecnetLabels.NetworkName) is { } network)
        {
            await runtime.RemoveNetworkAsync(network.Id);
        }
    }

    public ValueTask DisposeAsync() => runtime.DisposeAsync();

    async Task<IReadOnlyList<ObservedContainer>> ContainersAsync() =>
        await runtime.ObserveAsync() is ObservedState.Known { Containers: var containers } ? containers : [];

    async Task<string> FindAsync(string name) =>
        (await ContainersAsync()).FirstOrDefault(container => container.Name == name)?.Id
        ?? throw new DecnetException($"The container {name} is not there any more.");

    /// <summary>What a service says to whoever connects and asks for a page.</summary>
    static async Task<string> GreetingAsync(Decky decky, int port)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(decky.IPAddress, port, patience.Token);
            var stream = client.GetStream();
            var buffer = new byte[120];
            var reading = stream.ReadAsync(buffer, patience.Token).AsTask();
            if (await Task.WhenAny(reading, Task.Delay(300)) != reading)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\n\r\n"), patience.Token);
            }

            var text = Encoding.Latin1.GetString(buffer, 0, await reading);
            return text.Length == 0 ? "(closed without a word)" : new string([.. text.TakeWhile(c => c is not ('\r' or '\n')).Select(c => char.IsControl(c) ? '.' : c)]);
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            return failure is OperationCanceledException ? "(open, waits for its client to speak)" : $"({failure.Message})";
        }
    }
}
