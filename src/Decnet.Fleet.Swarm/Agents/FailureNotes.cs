namespace Decnet.Fleet.Swarm.Agents;

using Decnet.Fleet.Swarm.Clients;
using Microsoft.Extensions.Logging;

/// <summary>Logs what fails again and again once for each kind of failure, and when it works again. For one thread at a time.</summary>
/// <param name="what">What it is, as the beginning of a sentence.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class FailureNotes(string what, TimeProvider clock, ILogger logger)
{
    string? kind;
    int count;
    long since;

    internal void Failed(Exception error)
    {
        if (count++ == 0)
        {
            since = clock.GetTimestamp();
        }

        var now = KindOf(error);
        if (now != kind)
        {
            kind = now;
            AgentLog.Failed(logger, what, error.Message, error);
        }
    }

    internal void Succeeded()
    {
        if (count > 0)
        {
            AgentLog.Recovered(logger, what, count, clock.GetElapsedTime(since));
        }

        (kind, count) = (null, 0);
    }

    static string KindOf(Exception error) => error switch
    {
        PeerRefusedException refused => $"refused {refused.Reason}",
        RequestRefusedException refused => $"status {refused.Problem.Status} {refused.Problem.Type}",
        _ => error.GetType().Name,
    };
}
