namespace Decnet.Fleet.Swarm.Clients;

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Swarm.Contract;

/// <summary>What the other side has answered, completely read.</summary>
internal sealed class PeerAnswer
{
    const string ProblemType = "application/problem+json";
    const string PeerProblem = "urn:decnet:problem:peer-";

    readonly string peer;
    readonly byte[] body;
    readonly HttpResponseHeaders headers;
    readonly string? contentType;

    internal PeerAnswer(string peer, HttpResponseMessage response, byte[] body)
    {
        this.peer = peer;
        this.body = body;
        headers = response.Headers;
        contentType = response.Content.Headers.ContentType?.MediaType;
        Status = response.StatusCode;
    }

    internal HttpStatusCode Status { get; }

    /// <summary>Which version of the trust bundle is the newest; 0 when it was not said.</summary>
    internal long TrustVersion =>
        headers.TryGetValues(SwarmProtocol.TrustHeader, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>The body.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="alsoFine">A status that has such a body too.</param>
    /// <exception cref="PeerUnreachableException">It is not what it should be, or the other side is busy or not there.</exception>
    /// <exception cref="PeerRefusedException">The other side does not take us for who we are.</exception>
    /// <exception cref="RequestRefusedException">It does not do what was asked.</exception>
    internal T Read<T>(JsonTypeInfo<T> type, HttpStatusCode? alsoFine = null)
    {
        if ((int)Status is < 200 or > 299 && Status != alsoFine)
        {
            throw Problem();
        }

        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new PeerUnreachableException(peer, $"What {peer} answered cannot be read: {error.Message} See whether both are of the same version.", error);
        }
    }

    /// <summary>Throws unless it was done.</summary>
    /// <inheritdoc cref="Read"/>
    internal void MustBeDone()
    {
        if ((int)Status is < 200 or > 299)
        {
            throw Problem();
        }
    }

    Exception Problem()
    {
        var problem = ReadProblem();
        if (Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout)
        {
            return new PeerUnreachableException(peer, $"{peer} cannot do it now ({(int)Status} {problem.Title}). {problem.Detail}".TrimEnd()) { RetryAfter = RetryAfter };
        }

        return Status == HttpStatusCode.Forbidden && problem.Type.StartsWith(PeerProblem, StringComparison.Ordinal)
            ? new PeerRefusedException(
                peer,
                problem.Type[PeerProblem.Length..].Replace('-', '_'),
                $"{peer} does not take this side for who it is. {problem.Detail} See whether this host is still enrolled, and the folder 'pki' is its own.")
            : new RequestRefusedException(peer, problem);
    }

    TimeSpan? RetryAfter => headers.RetryAfter?.Delta;

    /// <summary>What it says, or, when it is not of ours, that it says nothing.</summary>
    SwarmProblem ReadProblem()
    {
        try
        {
            if (contentType == ProblemType && JsonSerializer.Deserialize(body, SwarmJsonContext.Default.SwarmProblem) is { } problem)
            {
                return problem;
            }
        }
        catch (JsonException)
        {
            // Something between the two, or of another version, has answered.
        }

        return new SwarmProblem { Type = "about:blank", Title = Status.ToString(), Status = (int)Status };
    }
}
