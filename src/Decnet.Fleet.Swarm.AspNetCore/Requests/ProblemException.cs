namespace Decnet.Fleet.Swarm.AspNetCore.Requests;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>A request is answered with a problem.</summary>
internal sealed class ProblemException(SwarmProblem problem, TimeSpan? retryAfter = null) : DecnetException(problem.Detail ?? problem.Title)
{
    internal SwarmProblem Problem { get; } = problem;

    /// <summary>After which time it may be asked again; null when that would not help.</summary>
    internal TimeSpan? RetryAfter { get; } = retryAfter;
}
