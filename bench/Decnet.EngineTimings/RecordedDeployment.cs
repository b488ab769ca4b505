namespace Decnet.EngineTimings;

using System.Web;

/// <summary>All that the runtime asked the engine for to bring a fleet up, so that others can ask for the same.</summary>
/// <param name="NetworkPath">The path that made the network.</param>
/// <param name="NetworkBody">The body that made it.</param>
/// <param name="Deckies">Each base with its services.</param>
internal sealed record RecordedDeployment(
    string NetworkPath, string NetworkBody, IReadOnlyList<(RecordedContainer Base, IReadOnlyList<RecordedContainer> Services)> Deckies)
{
    /// <summary>Brings a fleet up once, and records how.</summary>
    internal static async Task<RecordedDeployment> RecordAsync(string endpoint, BareEngine bare, int deckies)
    {
        await using var lab = await Lab.OpenAsync(endpoint);
        var sent = await lab.Tally.DuringAsync(() => lab.DeployAsync(LabFleets.OnBridge(deckies)));
        var names = (await bare.ListAsync()).ToDictionary(item => (string)item["Id"]!, item => ((string)item["Names"]![0]!).TrimStart('/'));

        var network = sent.Single(request => request.Kind == "POST /networks/create");
        var containers = sent.Where(request => request.Kind == "POST /containers/create").OrderBy(request => request.Started)
            .Select(request => new RecordedContainer(NameIn(request.PathAndQuery), request.PathAndQuery, request.Body!)).ToArray();
        var services = containers.Where(container => container.BaseId is not null).ToLookup(container => names[container.BaseId!]);
        return new(
            network.PathAndQuery,
            network.Body!,
            [.. containers.Where(container => container.BaseId is null).Select(item => (item, (IReadOnlyList<RecordedContainer>)[.. services[item.Name]]))]);
    }

    static string NameIn(string pathAndQuery) => HttpUtility.ParseQueryString(pathAndQuery.Split('?')[1])["name"]!;
}
