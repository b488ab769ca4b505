namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.AspNetCore.Http;

/// <summary>What is answered: a status code, perhaps a body, perhaps which version of the trust bundle is the newest.</summary>
internal sealed record SwarmAnswer
{
    readonly Func<HttpResponse, CancellationToken, Task>? write;

    SwarmAnswer(int status, Func<HttpResponse, CancellationToken, Task>? write) => (Status, this.write) = (status, write);

    internal int Status { get; }

    /// <summary>The version for <see cref="SwarmProtocol.TrustHeader"/>; null to leave the header out.</summary>
    internal long? TrustVersion { get; init; }

    /// <summary>After which time it may be asked again; null to leave the header out.</summary>
    internal TimeSpan? RetryAfter { get; private init; }

    internal static SwarmAnswer Empty(int status) => new(status, null);

    internal static SwarmAnswer Of<T>(int status, T body, JsonTypeInfo<T> type, string contentType = "application/json") =>
        new(status, (response, cancellationToken) => response.WriteAsJsonAsync(body, type, contentType, cancellationToken));

    /// <summary>A problem, with the time after which asking again may help.</summary>
    internal static SwarmAnswer Problem(ProblemException problem) =>
        Of(problem.Problem.Status, problem.Problem, SwarmJsonContext.Default.SwarmProblem, Problems.ContentType) with { RetryAfter = problem.RetryAfter };

    internal static SwarmAnswer Text(string text, string contentType) => new(
        StatusCodes.Status200OK,
        (response, cancellationToken) =>
        {
            response.ContentType = contentType;
            return response.WriteAsync(text, cancellationToken);
        });

    internal async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        if (TrustVersion is { } version)
        {
            response.Headers[SwarmProtocol.TrustHeader] = version.ToString(CultureInfo.InvariantCulture);
        }

        if (RetryAfter is { } later)
        {
            response.Headers.RetryAfter = Math.Ceiling(later.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (write is not null)
        {
            await write(response, cancellationToken).ConfigureAwait(false);
        }
    }
}
