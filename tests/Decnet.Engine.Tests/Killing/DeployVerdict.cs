namespace Decnet.Engine.Tests.Killing;

using System.Net.Sockets;
using Decnet.Fleet.Catalog;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.Reconciling;
using Decnet.Fleet.State;
using Decnet.Testing;
using Decnet.Victim.Deploying;
using Xunit;

/// <summary>Judges what interrupted deploys left behind, and brings it into the desired state.</summary>
sealed class DeployVerdict
{
    const int MostPasses = 3;

    readonly DeployFolder folder;
    readonly RealEngine engine;
    readonly Fleet fleet;
    readonly DeckyBlueprint[] blueprints;
    readonly List<string> history = [];

    DeployVerdict(DeployFolder folder, RealEngine engine, Fleet fleet)
    {
        (this.folder, this.engine, this.fleet) = (folder, engine, fleet);
        var composer = new DeckyComposer(FleetCatalog.For(fleet));
        blueprints = [.. fleet.Deckies.Select(decky => composer.Compose(fleet, decky)).OrderBy(decky => decky.Decky.Name.Value, StringComparer.Ordinal)];
    }

    /// <summary>How many passes had to change something.</summary>
    public int Passes { get; private set; }

    /// <summary>What these passes did, a line for each.</summary>
    public IReadOnlyList<string> History => history;

    /// <summary>Whether a container was found that somebody had set aside or made, and then died.</summary>
    public bool HalfDone { get; private set; }

    public static async Task<DeployVerdict> JudgeAsync(DeployFolder folder, RealEngine engine, Fleet fleet)
    {
        var verdict = new DeployVerdict(folder, engine, fleet);
        await verdict.CheckFilesAsync();
        await verdict.ConvergeAsync();
        await verdict.CheckRowsAsync();
        var containers = await engine.ContainersAsync();
        verdict.CheckContainers(containers);
        CheckNamespaces(containers);
        await verdict.CheckNetworkAsync();
        await verdict.CheckAnswersAsync();
        await verdict.CheckQuietAsync(containers);
        return verdict;
    }

    async Task CheckFilesAsync()
    {
        var known = Assert.IsType<DesiredState.Known>(await folder.File.LoadAsync());
        Assert.Equal(FleetFileOrigin.Saved, known.Origin);
        Assert.Equal(FleetJson.Write(fleet), FleetJson.Write(known.Fleet));
        Assert.Empty(await folder.Store.CheckIntegrityAsync());
    }

    async Task ConvergeAsync()
    {
        HalfDone = (await engine.ContainersAsync()).Any(container => container.Status == "created" || IsAside(container));
        while (await folder.PassAsync() is var result && !result.IsConverged)
        {
            Passes++;
            history.Add($"pass {Passes}: {string.Join("; ", result.Holds.Select(hold => hold.ToString()).Concat(result.Steps.Select(Describe)))}");
            Assert.True(Passes <= MostPasses, $"not converged after {MostPasses} passes:\n{string.Join('\n', history)}");
        }
    }

    async Task CheckRowsAsync() => Assert.Equal(
        blueprints.Select(decky => (decky.Decky.Name, decky.ConfigHash, decky.ConfigJson, decky.Decky.IPAddress, DeckyState.Running, (string?)null)),
        (await folder.Store.ListDeckiesAsync()).Select(row => (row.Name, row.ConfigHash, row.ConfigJson, row.IPAddress, row.State, row.Reason)));

    /// <summary>One running base and one running container a service for each decky, and none besides.</summary>
    void CheckContainers(IReadOnlyList<RealContainer> containers)
    {
        var bases = containers.Where(container => container.Joined is null).ToLookup(container => container.Name, container => container.Id);
        Assert.Equal(
            blueprints.SelectMany(decky => decky.Services.Prepend(decky.Base).Select(wanted =>
                (wanted.Name, (string?)wanted.ConfigHash, wanted.Role == ContainerRole.Base ? null : bases[decky.Base.Name].FirstOrDefault(), "running", wanted.IPAddress?.ToString() ?? "")))
                .Order(),
            containers.Select(container => (container.Name, container.Hash, container.Joined, container.Status, container.Address)).Order());
    }

    static void CheckNamespaces(IReadOnlyList<RealContainer> containers)
    {
        var namespaces = containers.Where(container => container.Joined is null).ToDictionary(container => container.Id, container => container.NetworkNamespace);
        Assert.Equal(namespaces.Count, namespaces.Values.Distinct().Count());
        Assert.All(containers, container => Assert.NotNull(container.NetworkNamespace));
        Assert.All(
            containers.Where(container => container.Joined is not null),
            service => Assert.True(service.NetworkNamespace == namespaces[service.Joined!], $"{service.Name} runs in another network than its base"));
    }

    async Task CheckNetworkAsync() => Assert.Equal([DecnetLabels.NetworkName], await engine.NetworksAsync());

    Task CheckAnswersAsync() => Task.WhenAll(
        from decky in blueprints
        from service in decky.Services
        let port = service.Ports.First(port => port.Protocol == PortProtocol.Tcp)
        select AnswersAsync(service.Name, decky.Decky.IPAddress, port.Number));

    static async Task AnswersAsync(string name, System.Net.IPAddress address, int port)
    {
        var failure = "";
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                using var client = new TcpClient();
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
                try
                {
                    await client.ConnectAsync(address, port, limit.Token);
                    return true;
                }
                catch (Exception error) when (error is SocketException or OperationCanceledException)
                {
                    failure = error.Message;
                    return false;
                }
            });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{name} does not answer on {address}:{port}: {failure}");
        }
    }

    /// <summary>A further pass changes nothing, and looking at containers did not either.</summary>
    async Task CheckQuietAsync(IReadOnlyList<RealContainer> containers)
    {
        var last = await folder.Store.GetLastSequenceAsync();
        var result = await folder.PassAsync();
        Assert.True(result.IsConverged, string.Join("; ", result.Steps.Select(Describe)));
        Assert.Empty(result.Steps);
        // A worker beside it says from time to time that it is alive.
        Assert.Empty((await folder.Store.ReadAsync(last, TopicPattern.Parse("decky.>"))).Events);
        Assert.Equal(containers, await engine.ContainersAsync());
    }

    static string Describe(ExecutedStep step) => $"{step.Step.Action} {step.Step.DeckyName} {step.Step.Container} ({step.Step.Reason}) {step.Outcome} {step.Error}".TrimEnd();

    static bool IsAside(RealContainer container) => container.Name.Contains("-old-", StringComparison.Ordinal);
}
