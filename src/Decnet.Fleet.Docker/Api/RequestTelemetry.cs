namespace Decnet.Fleet.Docker.Api;

using System.Diagnostics;
using System.Net;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Model;
using Decnet.Fleet.Telemetry;

/// <summary>Measures one request to the engine: until its answer is read, of a stream until it begins.</summary>
internal readonly struct RequestTelemetry(EngineRequest request, TimeProvider clock)
{
    readonly Activity? activity = FleetTelemetry.StartEngineRequest(request.Method.Method, request.Path);
    readonly long started = clock.GetTimestamp();

    internal void Answered(HttpStatusCode status) => End(ClassOf((int)status), failed: false);

    /// <returns>The error, to be thrown.</returns>
    internal Exception Failed(Exception error)
    {
        End(OutcomeOf(error), failed: error is DockerEngineException);
        return error;
    }

    /// <summary>An answer that could not be read has a good status all the same, which says nothing.</summary>
    static string OutcomeOf(Exception error) => error switch
    {
        DockerEngineException { StatusCode: >= 300 and { } status } => ClassOf(status),
        DockerEngineException failure => Token<RuntimeError>.Of(failure.Error),
        _ => "cancelled",
    };

    static string ClassOf(int status) => (status / 100) switch
    {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };

    void End(string outcome, bool failed)
    {
        FleetTelemetry.EngineRequestEnded(request.Method.Method, outcome, clock.GetElapsedTime(started));
        FleetTelemetry.End(activity, outcome, failed);
    }
}
