namespace Decnet.Fleet.Docker.Api;

using Decnet.Fleet.Docker.Api.Models;

/// <summary>The requests about the engine itself.</summary>
internal sealed class SystemCalls(EngineConnection connection)
{
    internal Task PingAsync(CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Get, "/_ping") { Timeout = connection.Timeouts.Query, IsVersioned = false, Accept = "*/*" }, cancellationToken);

    internal Task<EngineVersion> VersionAsync(CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Get, "/version") { Timeout = connection.Timeouts.Query },
            EngineJsonContext.Default.EngineVersion,
            cancellationToken);

    internal Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) =>
        connection.SendAsync(
            new EngineRequest(HttpMethod.Get, "/info") { Timeout = connection.Timeouts.Query }, EngineJsonContext.Default.EngineInfo, cancellationToken);
}
