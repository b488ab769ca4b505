namespace Decnet.Fleet.Docker.Api;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>
/// Agrees with the engine on a version: the newest that both know. It asks once, and again after the connection was lost or
/// an answer came from an engine of another version. A pinned version is not negotiated. Callers that come while it is
/// being asked wait for that one answer; if it does not come, because the caller that asks gives up, the next one asks.
/// </summary>
internal sealed class VersionNegotiator(EngineConnection connection, ApiVersion? pinned)
{
    readonly SemaphoreSlim asking = new(1, 1);
    volatile Agreement? agreement = pinned is { } version ? new Agreement(version, null) : null;

    internal async Task<ApiVersion> GetAsync(CancellationToken cancellationToken)
    {
        if (agreement is { } known)
        {
            return known.Version;
        }

        await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var agreed = agreement ?? await AskAsync(cancellationToken).ConfigureAwait(false);
            agreement = agreed;
            return agreed.Version;
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>Asks again before the next request.</summary>
    /// <returns>False when the version is pinned.</returns>
    internal bool Forget()
    {
        if (pinned is not null)
        {
            return false;
        }

        agreement = null;
        return true;
    }

    /// <summary>Looks at an answer: every one tells the engine's newest version.</summary>
    internal void Saw(HttpResponseMessage response)
    {
        if (agreement is { Engine: { } engine } && EngineVersion(response) is { } now && now != engine)
        {
            Forget();
        }
    }

    async Task<Agreement> AskAsync(CancellationToken cancellationToken)
    {
        var engine = await PingAsync(HttpMethod.Head, cancellationToken).ConfigureAwait(false)
            ?? await PingAsync(HttpMethod.Get, cancellationToken).ConfigureAwait(false)
            ?? await AskVersionAsync(cancellationToken).ConfigureAwait(false);
        if (engine is null)
        {
            // Something between us and the engine hides its version; the oldest is understood by all engines of our range.
            return new Agreement(ApiVersion.Oldest, null);
        }

        if (engine < ApiVersion.Oldest)
        {
            throw new DockerEngineException(
                RuntimeError.Invalid,
                $"The engine at {connection.Endpoint} speaks API {engine}; Decnet needs at least {ApiVersion.Oldest} (Docker 19.03). "
                + "Update the engine.",
                "HEAD /_ping");
        }

        return new Agreement(engine.Value < ApiVersion.Newest ? engine.Value : ApiVersion.Newest, engine);
    }

    async Task<ApiVersion?> PingAsync(HttpMethod method, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.SendAsync(
                new EngineRequest(method, "/_ping") { Timeout = connection.Timeouts.Query, IsVersioned = false, Accept = "*/*" },
                static (response, _) => Task.FromResult(EngineVersion(response)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException refused) when (refused.StatusCode is not null || refused.Error == RuntimeError.Server)
        {
            // Proxies that do not let HEAD through, or spoil it, are known; there is another way to ask.
            return null;
        }
    }

    async Task<ApiVersion?> AskVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await connection.SendAsync(
                new EngineRequest(HttpMethod.Get, "/version") { Timeout = connection.Timeouts.Query, IsVersioned = false },
                EngineJsonContext.Default.EngineVersion,
                cancellationToken).ConfigureAwait(false);
            return ApiVersion.TryParse(answer.ApiVersion, out var version) ? version : null;
        }
        catch (DockerEngineException refused) when (refused is { StatusCode: not null, IsTransient: false })
        {
            return null;
        }
    }

    static ApiVersion? EngineVersion(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Api-Version", out var values) && ApiVersion.TryParse(values.First(), out var version) ? version : null;

    sealed record Agreement(ApiVersion Version, ApiVersion? Engine);
}
