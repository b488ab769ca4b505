namespace Decnet.EngineTimings;

using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

/// <summary>The engine as a bare HTTP client sees it: what the runtime is measured against, and what prepares and cleans up.</summary>
internal sealed class BareEngine : IDisposable
{
    const string Version = "/v1.41";
    const string Ours = "%7B%22label%22%3A%5B%22com.docker.compose.project%3Ddecnet%22%5D%7D";

    readonly HttpClient http;
    readonly byte[] buffer = new byte[64 * 1024];

    internal BareEngine(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        http = new HttpClient(handler) { BaseAddress = new Uri("http://docker/"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public void Dispose() => http.Dispose();

    /// <summary>Reads an answer to its end and forgets it.</summary>
    /// <returns>How many bytes it had.</returns>
    internal async Task<long> DiscardAsync(string pathAndQuery)
    {
        using var response = await http.GetAsync(new Uri(pathAndQuery, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        long total = 0;
        for (int count; (count = await body.ReadAsync(buffer)) > 0;)
        {
            total += count;
        }

        return total;
    }

    internal async Task<string> SendAsync(HttpMethod method, string pathAndQuery, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(pathAndQuery, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode || (int)response.StatusCode == 304
            ? answer
            : throw new HttpRequestException($"{method} {pathAndQuery}: {(int)response.StatusCode} {answer.Trim()}");
    }

    internal async Task<IReadOnlyList<JsonObject>> ListAsync(bool everybody = false) =>
        [.. JsonNode.Parse(await SendAsync(HttpMethod.Get, $"{Version}/containers/json?all=1{(everybody ? "" : "&filters=" + Ours)}"))!.AsArray().Select(item => item!.AsObject())];

    internal async Task<JsonObject> InspectAsync(string id) =>
        JsonNode.Parse(await SendAsync(HttpMethod.Get, $"{Version}/containers/{id}/json"))!.AsObject();

    internal Task KillAsync(string id) => SendAsync(HttpMethod.Post, $"{Version}/containers/{id}/kill");

    internal Task StartAsync(string id) => SendAsync(HttpMethod.Post, $"{Version}/containers/{id}/start");

    internal Task RemoveAsync(string id) => SendAsync(HttpMethod.Delete, $"{Version}/containers/{id}?force=1&v=1");

    /// <summary>Asks what the Python system asks in a pass: the version, the list, and each container by itself.</summary>
    internal async Task ListAndInspectEachAsync(string listPath, IReadOnlyList<string> ids)
    {
        await DiscardAsync("/version");
        await DiscardAsync(listPath);
        foreach (var id in ids)
        {
            await DiscardAsync($"{Version}/containers/{id}/json");
        }
    }

    /// <summary>Removes the containers and networks of our project, and lets the engine come to rest.</summary>
    internal async Task CleanAsync()
    {
        var containers = await ListAsync();
        await Parallel.ForEachAsync(containers, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (container, _) =>
            await RemoveAsync((string)container["Id"]!));
        foreach (var network in JsonNode.Parse(await SendAsync(HttpMethod.Get, $"{Version}/networks?filters={Ours}"))!.AsArray())
        {
            await SendAsync(HttpMethod.Delete, $"{Version}/networks/{(string)network!["Id"]!}");
        }

        // The kernel takes network namespaces down after the engine has answered.
        await Task.Delay(TimeSpan.FromSeconds(containers.Count > 0 ? 2 : 0));
    }
}
