namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

internal static partial class RequestLog
{
    /// <summary>Logs an answer that is a problem: those of this side as errors, those of the peer as warnings, what passes by itself as information.</summary>
    internal static void Answered(ILogger logger, HttpContext context, ProblemException problem, Exception error)
    {
        var (method, path, remote) = (context.Request.Method, context.Request.Path.Value, Remote(context));
        var text = problem.Problem.Errors is [var first, ..] ? $"{problem.Problem.Title}: {first.Message}" : problem.Message;
        switch (problem.Problem.Status)
        {
            case StatusCodes.Status503ServiceUnavailable:
                Postponed(logger, method, path, remote, text);
                break;
            case >= 500:
                Failed(logger, method, path, remote, error);
                break;
            default:
                Refused(logger, method, path, remote, problem.Problem.Status, text);
                break;
        }
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message = "{Method} {Path} of {Remote} was refused with {Status}: {Reason}")]
    static partial void Refused(ILogger logger, string method, string? path, EndPoint? remote, int status, string reason);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Information, Message = "{Method} {Path} of {Remote} was put off: {Reason}")]
    static partial void Postponed(ILogger logger, string method, string? path, EndPoint? remote, string reason);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Error, Message = "{Method} {Path} of {Remote} failed")]
    static partial void Failed(ILogger logger, string method, string? path, EndPoint? remote, Exception error);

    static IPEndPoint? Remote(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
}
