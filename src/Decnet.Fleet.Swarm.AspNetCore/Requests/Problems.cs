namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Globalization;
using System.Text.Json;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Agents;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;
using Microsoft.AspNetCore.Http;

/// <summary>Turns what went wrong into what is answered. Only what was written for people to read goes out.</summary>
internal static class Problems
{
    internal const string ContentType = "application/problem+json";

    /// <summary>When somebody else works on the fleet, or the store is busy: so long a deploy may well take.</summary>
    static readonly TimeSpan RetryLater = TimeSpan.FromSeconds(5);

    internal static ProblemException Of(Exception error) => error switch
    {
        ProblemException problem => problem,
        BadHttpRequestException bad => Of(bad),
        FleetValidationException refused => Invalid(refused),
        OperationConflictException conflict => Conflict(conflict),
        UnknownHostException unknown => Make(404, "unknown-host", "The fleet has no such host", unknown.Message),
        EnrolmentRefusedException { RetryAfter: { } later } refused => Make(429, "too-many-guesses", "Too many wrong tokens were shown", refused.Message, later),
        EnrolmentRefusedException refused => Make(403, "bad-token", "The token is not good", refused.Message),
        FleetLockedException locked => Make(503, "busy", "Somebody else works on the fleet", locked.Message, RetryLater),
        StateStoreException { Error: StateStoreError.Locked } busy => Make(503, "busy", "The store is busy", busy.Message, RetryLater),
        OperationCanceledException => Make(503, "stopping", "The service stops", "It stopped before the request was done. Ask again later.", RetryLater),
        DecnetException known => Make(500, "failed", "It could not be done", known.Message),
        _ => Make(500, "unexpected", "Something unexpected went wrong", "The log of the service tells what."),
    };

    internal static ProblemException Make(int status, string code, string title, string? detail = null, TimeSpan? retryAfter = null) =>
        new(new SwarmProblem { Type = $"urn:decnet:problem:{code}", Title = title, Status = status, Detail = detail }, retryAfter);

    internal static ProblemException TooLarge(long limit) => Make(
        413, "too-large", "The body is too large",
        string.Create(CultureInfo.InvariantCulture, $"At most {limit} bytes are read. Send fewer deckies in one request."));

    internal static ProblemException TooSlow(TimeSpan limit) => Make(
        408, "too-slow", "The body came too slowly",
        string.Create(CultureInfo.InvariantCulture, $"It has to be there within {limit.TotalSeconds:0} seconds."));

    internal static ProblemException NotJson(string? contentType) => Make(
        415, "not-json", "The body is not JSON", $"Its type is '{contentType}'. Send application/json in UTF-8, not compressed.");

    static ProblemException Of(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Make(413, "too-large", "The body is too large", error.Message),
        StatusCodes.Status408RequestTimeout => Make(408, "too-slow", "The body came too slowly", error.Message),
        var status => Make(status, "bad-request", "The request is not HTTP as it should be", error.Message),
    };

    internal static ProblemException Malformed(JsonException error, JsonPlace place)
    {
        // The serializer appends a place of its own.
        var end = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var reason = end >= 0 ? error.Message[..end] : error.Message;
        var message = string.Create(CultureInfo.InvariantCulture, $"At {place.Path}, line {place.Line}: {reason}");
        return With(Make(400, "malformed", "The body is not what was expected"), [new SwarmProblemError("malformed", message, null, place.Path)]);
    }

    static ProblemException Conflict(OperationConflictException error) => With(
        Make(409, "conflict", "An operation is under way", error.Message),
        error.Open.Select(operation => new SwarmProblemError(
            "operation-open", $"The operation {operation.Id} is under way.", "try again when it has ended", operation.DeckyName.Value)));

    static ProblemException Invalid(FleetValidationException error) => With(
        Make(422, "invalid", "The request is not valid"),
        error.Errors.Select(issue => new SwarmProblemError(issue.Code, issue.Message, issue.Fix, issue.Target)));

    static ProblemException With(ProblemException problem, IEnumerable<SwarmProblemError> errors) =>
        new(problem.Problem with { Errors = [.. errors] }, problem.RetryAfter);
}
