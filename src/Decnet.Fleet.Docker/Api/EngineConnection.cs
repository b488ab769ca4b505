namespace Decnet.Fleet.Docker.Api;

using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Docker.Endpoints;

/// <summary>
/// Sends requests to one engine: with the negotiated version, bounded in time, and with every failure as a
/// <see cref="DockerEngineException"/>. Only the caller's own cancellation is an <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class EngineConnection : IDisposable
{
    /// <summary>How much of an answer that does not matter is read, so that its connection can be used again.</summary>
    const int LongestIgnored = 1 << 20;

    readonly HttpClient http;
    readonly TimeProvider clock;
    readonly VersionNegotiator versions;
    readonly CancellationTokenSource closing = new();

    /// <summary>Ends what is being read. Closing the handler only ends what has no answer yet.</summary>
    readonly CancellationToken closed;

    int closings;

    internal EngineConnection(DockerEndpoint endpoint, HttpMessageHandler handler, EngineTimeouts timeouts, ApiVersion? pinned, TimeProvider clock)
    {
        Endpoint = endpoint;
        Timeouts = timeouts;
        this.clock = clock;
        http = new HttpClient(handler) { BaseAddress = endpoint.RequestBase, Timeout = Timeout.InfiniteTimeSpan };
        versions = new VersionNegotiator(this, pinned);
        closed = closing.Token;
    }

    internal DockerEndpoint Endpoint { get; }

    internal EngineTimeouts Timeouts { get; }

    internal bool IsClosed => Volatile.Read(ref closings) > 0;

    public void Dispose()
    {
        if (Interlocked.Increment(ref closings) == 1)
        {
            closing.Cancel();
            closing.Dispose();
            http.Dispose();
        }
    }

    /// <summary>The version that requests are made with.</summary>
    internal Task<ApiVersion> VersionAsync(CancellationToken cancellationToken) => versions.GetAsync(cancellationToken);

    /// <summary>Sends a request whose answer does not matter, once it is complete.</summary>
    internal Task SendAsync(EngineRequest request, CancellationToken cancellationToken) =>
        SendAsync(
            request,
            static async (response, token) =>
            {
                var body = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
                var part = new byte[4096];
                int count, total = 0;
                while (total < LongestIgnored && (count = await body.ReadAsync(part, token).ConfigureAwait(false)) > 0)
                {
                    total += count;
                }

                return true;
            },
            cancellationToken);

    /// <summary>Sends a request and reads its answer as JSON.</summary>
    internal Task<T> SendAsync<T>(EngineRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(
            request,
            async (response, token) =>
            {
                var body = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
                return await JsonSerializer.DeserializeAsync(body, type, token).ConfigureAwait(false)
                    ?? throw new InvalidDataException("it is null.");
            },
            cancellationToken);

    /// <summary>Sends a request and lets the caller read the answer within the request's time.</summary>
    internal async Task<T> SendAsync<T>(
        EngineRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(request.Timeout, clock, cancellationToken, closed);
        var telemetry = new RequestTelemetry(request, clock);
        try
        {
            using var response = await SendVersionedAsync(request, deadline).ConfigureAwait(false);
            var answer = await read(response, deadline.Token).ConfigureAwait(false);
            telemetry.Answered(response.StatusCode);
            return answer;
        }
        catch (Exception error)
        {
            throw telemetry.Failed(Translate(request, error, deadline));
        }
    }

    /// <summary>Sends a request whose answer is a stream; it has begun when this ends.</summary>
    /// <param name="request">The request.</param>
    /// <param name="silence">How long the stream may be without a piece; null for ever.</param>
    /// <param name="cancellationToken">Ends the request, and later the stream.</param>
    internal async Task<EngineAnswer> OpenAsync(EngineRequest request, TimeSpan? silence, CancellationToken cancellationToken)
    {
        var deadline = new RequestDeadline(request.Timeout, clock, cancellationToken, closed);
        var telemetry = new RequestTelemetry(request, clock);
        try
        {
            var response = await SendVersionedAsync(request, deadline).ConfigureAwait(false);
            deadline.Pause();
            deadline.Limit = silence;
            telemetry.Answered(response.StatusCode);
            return new EngineAnswer(this, request, response, response.Content.ReadAsStream(CancellationToken.None), deadline);
        }
        catch (Exception error)
        {
            var translated = telemetry.Failed(Translate(request, error, deadline));
            deadline.Dispose();
            throw translated;
        }
    }

    /// <summary>The error that the caller sees. A caller that has given up sees that, whatever else happened.</summary>
    internal Exception Translate(EngineRequest request, Exception error, RequestDeadline deadline)
    {
        if (error is HttpRequestException or IOException)
        {
            // The next connection may be to an engine that was updated in between.
            versions.Forget();
        }

        return deadline.Caller.IsCancellationRequested ? new OperationCanceledException(error.Message, error, deadline.Caller)
            : error as DockerEngineException ?? EngineErrors.From(Endpoint, request, error, deadline);
    }

    async Task<HttpResponseMessage> SendVersionedAsync(EngineRequest request, RequestDeadline deadline)
    {
        if (!request.IsVersioned)
        {
            return await SendOnceAsync(request, null, deadline).ConfigureAwait(false);
        }

        var version = await versions.GetAsync(deadline.Token).ConfigureAwait(false);
        var start = request.Archive is { CanSeek: true } archive ? archive.Position : 0;
        try
        {
            return await SendOnceAsync(request, version, deadline).ConfigureAwait(false);
        }
        catch (DockerEngineException refused)
            when (EngineErrors.IsVersionRefused(refused) && request.Archive is null or { CanSeek: true } && versions.Forget())
        {
            // The engine was exchanged for another one since; it refuses a version before it does anything.
            request.Archive?.Seek(start, SeekOrigin.Begin);
            version = await versions.GetAsync(deadline.Token).ConfigureAwait(false);
            return await SendOnceAsync(request, version, deadline).ConfigureAwait(false);
        }
    }

    async Task<HttpResponseMessage> SendOnceAsync(EngineRequest request, ApiVersion? version, RequestDeadline deadline)
    {
        using var message = Message(request, version, deadline);
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
        versions.Saw(response);
        if ((response.IsSuccessStatusCode && !IsPage(response)) || (request.CanBeDone && response.StatusCode == HttpStatusCode.NotModified))
        {
            return response;
        }

        using (response)
        {
            throw await EngineErrors.FromAsync(Endpoint, request, response, deadline.Token).ConfigureAwait(false);
        }
    }

    HttpRequestMessage Message(EngineRequest request, ApiVersion? version, RequestDeadline deadline)
    {
        var prefix = version is { } known ? $"/v{known}" : "";
        var message = new HttpRequestMessage(request.Method, new Uri(http.BaseAddress!, prefix + request.Path + request.Query))
        {
            Content = request.Archive is { } archive ? new UploadContent(archive, deadline) : request.Content?.Invoke(version ?? ApiVersion.Oldest),
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.Archive is not null)
        {
            // A refusal comes before the archive is sent, instead of a connection that breaks while it is.
            message.Headers.ExpectContinue = true;
        }

        if (request.RegistryAuth is { } auth)
        {
            message.Headers.TryAddWithoutValidation("X-Registry-Auth", auth);
        }

        return message;
    }

    /// <summary>A page for people comes from something between us and the engine, whatever its status says.</summary>
    static bool IsPage(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType is "text/html";
}
