namespace Decnet.Fleet.Docker.Api;

using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>
/// Sends requests to one engine: with the negotiated version, bounded in time, and with every failure as a
/// <see cref="DockerEngineException"/>. Only the caller's own cancellation is an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class EngineConnection : IDisposable
{
    readonly HttpClient http;
    readonly TimeProvider clock;
    readonly VersionNegotiator versions;

    internal EngineConnection(DockerEndpoint endpoint, HttpMessageHandler handler, Uri baseAddress, EngineTimeouts timeouts, ApiVersion? pinned, TimeProvider clock)
    {
        Endpoint = endpoint;
        Timeouts = timeouts;
        this.clock = clock;
        http = new HttpClient(handler) { BaseAddress = baseAddress, Timeout = Timeout.InfiniteTimeSpan };
        versions = new VersionNegotiator(this, pinned);
    }

    internal DockerEndpoint Endpoint { get; }

    internal EngineTimeouts Timeouts { get; }

    public void Dispose()
    {
        versions.Dispose();
        http.Dispose();
    }

    /// <summary>The version that requests are made with.</summary>
    internal Task<ApiVersion> VersionAsync(CancellationToken cancellationToken) => versions.GetAsync(cancellationToken);

    /// <summary>Sends a request whose answer does not matter.</summary>
    internal Task SendAsync(EngineRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, static (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Sends a request and reads its answer as JSON.</summary>
    internal Task<T> SendAsync<T>(EngineRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(
            request,
            async (response, token) =>
            {
                var stream = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
                return await JsonSerializer.DeserializeAsync(stream, type, token).ConfigureAwait(false)
                    ?? throw new JsonException("The answer is null.");
            },
            cancellationToken);

    /// <summary>Sends a request and lets the caller read the answer within the request's time.</summary>
    internal async Task<T> SendAsync<T>(
        EngineRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = request.Timeout is { } timeout ? new CancellationTokenSource(timeout, clock) : new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await SendVersionedAsync(request, ended.Token).ConfigureAwait(false);
            return await read(response, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception error) when (error is not DockerEngineException)
        {
            if (error is HttpRequestException or IOException)
            {
                versions.Forget();
            }

            throw EngineErrors.From(Endpoint, request, error, deadline.IsCancellationRequested);
        }
    }

    async Task<HttpResponseMessage> SendVersionedAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsVersioned)
        {
            return await SendOnceAsync(request, null, cancellationToken).ConfigureAwait(false);
        }

        var version = await versions.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SendOnceAsync(request, version, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerEngineException refused) when (EngineErrors.IsVersionRefused(refused) && versions.Forget())
        {
            // The engine was exchanged for another one since; it refuses a version before it does anything.
            version = await versions.GetAsync(cancellationToken).ConfigureAwait(false);
            return await SendOnceAsync(request, version, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task<HttpResponseMessage> SendOnceAsync(EngineRequest request, ApiVersion? version, CancellationToken cancellationToken)
    {
        var prefix = version is { } known ? $"/v{known}" : "";
        using var message = new HttpRequestMessage(request.Method, prefix + request.Path + request.Query) { Content = request.Content?.Invoke() };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.RegistryAuth is { } auth)
        {
            message.Headers.TryAddWithoutValidation("X-Registry-Auth", auth);
        }

        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            versions.Saw(response);
            return response;
        }

        using (response)
        {
            throw await EngineErrors.FromAsync(request, response, cancellationToken).ConfigureAwait(false);
        }
    }
}
