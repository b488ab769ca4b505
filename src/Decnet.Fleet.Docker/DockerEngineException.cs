namespace Decnet.Fleet.Docker;

using Decnet.Fleet.Containers;

/// <summary>A request to the Docker engine failed. A caller's own cancellation is an <see cref="OperationCanceledException"/> instead.</summary>
public sealed class DockerEngineException : RuntimeException
{
    /// <summary>Makes the error.</summary>
    /// <param name="error">Its kind.</param>
    /// <param name="message">What happened, with the engine's own words, and what to do.</param>
    /// <param name="request">The request, such as <c>POST /containers/create</c>.</param>
    /// <param name="statusCode">The HTTP status; null when there was no answer.</param>
    /// <param name="engineMessage">What the engine said; null when it said nothing.</param>
    /// <param name="innerException">The cause.</param>
    public DockerEngineException(
        RuntimeError error, string message, string request, int? statusCode = null, string? engineMessage = null, Exception? innerException = null)
        : base(error, message, innerException)
    {
        Request = request;
        StatusCode = statusCode;
        EngineMessage = engineMessage;
    }

    /// <summary>The request that failed, without the version and the query: <c>POST /containers/create</c>.</summary>
    public string Request { get; }

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public int? StatusCode { get; }

    /// <summary>The engine's own words, or the beginning of an answer that is not the engine's; null when there were none.</summary>
    public string? EngineMessage { get; }
}
