namespace Decnet.EngineTimings;

using System.Text.Json.Nodes;

/// <summary>
/// Brings a recorded fleet up by nothing but the calls that it takes: the network, and for each decky create and start, with the same
/// bodies and as many at the same time. What the runtime takes longer is its own.
/// </summary>
internal static class BareDeployment
{
    internal static async Task RunAsync(BareEngine bare, RecordedDeployment fleet, int parallelism)
    {
        await bare.SendAsync(HttpMethod.Post, fleet.NetworkPath, fleet.NetworkBody);
        await Parallel.ForEachAsync(
            fleet.Deckies,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism },
            async (decky, _) => await BringUpAsync(bare, decky.Base, decky.Services));
    }

    /// <summary>Makes and starts the containers of one decky.</summary>
    internal static async Task BringUpAsync(BareEngine bare, RecordedContainer container, IReadOnlyList<RecordedContainer> services)
    {
        var baseId = await CreateAsync(bare, container, container.Body);
        var serviceIds = await Task.WhenAll(services.Select(service => CreateAsync(bare, service, service.BodyOn(baseId))));
        await bare.StartAsync(baseId);
        await Task.WhenAll(serviceIds.Select(bare.StartAsync));
    }

    static async Task<string> CreateAsync(BareEngine bare, RecordedContainer container, string body) =>
        (string)JsonNode.Parse(await bare.SendAsync(HttpMethod.Post, container.Path, body))!["Id"]!;
}
