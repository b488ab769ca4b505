namespace Decnet.Fleet.Docker.Api;

using System.Globalization;
using System.Net;
using System.Text.Json;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Transport;

/// <summary>Makes one kind of error of all the ways in which a request can fail.</summary>
internal static class EngineErrors
{
    /// <summary>The error of an answer that says that the request failed, or that is not the engine's.</summary>
    internal static async Task<DockerEngineException> FromAsync(
        DockerEndpoint endpoint, EngineRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var said = await ErrorWords.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var words = said ?? $"no explanation ({ErrorWords.Tidy(response.ReasonPhrase) ?? "status " + status})";
        var (kind, message) = response.IsSuccessStatusCode
            ? (RuntimeError.Server, $"A page instead of an engine's answer came from {endpoint} for {request.Name}: {words}")
            : (KindOf(response.StatusCode), $"The engine at {endpoint} refused {request.Name} with status {status}: {words}");
        return new DockerEngineException(
            kind, IsTlsWanted(endpoint, status, said) ? $"{message} It speaks TLS: set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH." : message, request.Label, status, said);
    }

    /// <summary>The error of a request without a complete answer.</summary>
    internal static DockerEngineException From(DockerEndpoint endpoint, EngineRequest request, Exception error, RequestDeadline deadline)
    {
        // The messages of exceptions may quote what came, which may be anything.
        var why = ErrorWords.Tidy(error.Message);
        var (kind, message) = error switch
        {
            _ when deadline.HasPassed =>
                (RuntimeError.Timeout, $"The engine at {endpoint} did not answer {request.Name} within {Seconds(deadline.Limit ?? request.Timeout)} s."),
            _ when Archive(error) is { } archive => (RuntimeError.Invalid, $"The archive for {request.Name} cannot be read: {archive.Message}"),
            _ when IsNoHttp(error) => (RuntimeError.Server, $"What answers {request.Name} at {endpoint} does not speak HTTP properly: {why}"),
            HttpRequestException when endpoint.Tls is not null || IsConnecting(error) => Explained(ConnectFailure.Explain(endpoint, error)),
            HttpRequestException or IOException =>
                (RuntimeError.Unreachable, $"The connection with the engine at {endpoint} broke during {request.Name}: {why}"),
            OperationCanceledException or ObjectDisposedException =>
                (RuntimeError.Unreachable, $"The client of the engine at {endpoint} was closed during {request.Name}."),
            _ => (RuntimeError.Server, Unreadable(endpoint, request, why ?? error.GetType().Name).Message),
        };
        return new DockerEngineException(kind, message, request.Label, innerException: error);
    }

    /// <summary>The error of an answer that says that the request succeeded, but not what the engine must say then.</summary>
    internal static DockerEngineException Unreadable(DockerEndpoint endpoint, EngineRequest request, string why) =>
        new(RuntimeError.Server, $"The answer to {request.Name} from {endpoint} cannot be read: {why}", request.Label);

    /// <summary>The error that a stream of progress tells of long after its status said 200.</summary>
    /// <param name="endpoint">Where the engine is.</param>
    /// <param name="request">The request.</param>
    /// <param name="message">The message of the stream.</param>
    /// <param name="uncoded">What it is without a code; a build's code is that of its command and says nothing of the engine.</param>
    internal static DockerEngineException From(DockerEndpoint endpoint, EngineRequest request, ProgressMessage message, RuntimeError uncoded)
    {
        var said = ErrorWords.Tidy(message.ErrorDetail?.Message ?? message.Error) ?? "no explanation";
        int? status = message.ErrorDetail?.Code is >= 400 and < 600 and { } code ? code : null;
        var kind = status is { } known ? KindOf((HttpStatusCode)known) : uncoded;
        return new DockerEngineException(kind, $"The engine at {endpoint} failed {request.Name}: {said}", request.Label, status, said);
    }

    /// <summary>Whether an engine refused the version of a request, and with it the request as a whole.</summary>
    internal static bool IsVersionRefused(DockerEngineException error) =>
        error is { StatusCode: 400, EngineMessage: { } said } && said.StartsWith("client version ", StringComparison.Ordinal);

    static RuntimeError KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RuntimeError.Forbidden,
        HttpStatusCode.NotFound => RuntimeError.NotFound,
        HttpStatusCode.Conflict => RuntimeError.Conflict,
        HttpStatusCode.NotImplemented => RuntimeError.Invalid,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => RuntimeError.Server,
        _ => RuntimeError.Invalid,
    };

    /// <summary>Whether a server of Go, as the engine is one, got plain text on a port with TLS; it says so in plain text.</summary>
    static bool IsTlsWanted(DockerEndpoint endpoint, int status, string? said) =>
        status == 400 && endpoint is { Tls: null, Address.Scheme: EndpointScheme.Tcp }
        && said is not null && said.Contains("HTTP request to an HTTPS server", StringComparison.Ordinal);

    static bool IsNoHttp(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
        or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse };

    static bool IsConnecting(Exception error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };

    /// <summary>A stream that has begun may be silent for ever, so that its limit is gone when the time ends in that moment.</summary>
    static string? Seconds(TimeSpan? limit) => limit?.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    static (RuntimeError Kind, string Message) Explained(ConnectFailure failure) => (failure.Error, failure.Message);

    static ArchiveException? Archive(Exception? error) => error is null ? null : error as ArchiveException ?? Archive(error.InnerException);
}
