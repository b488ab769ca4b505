namespace Decnet.Fleet.Swarm.Clients;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The other side answered that it does not do what was asked, and has done nothing.</summary>
/// <param name="peer">Whom the request was for.</param>
/// <param name="problem">What it answered.</param>
public sealed class RequestRefusedException(string peer, SwarmProblem problem) : DecnetException(Describe(peer, problem))
{
    /// <summary>Whom the request was for.</summary>
    public string Peer { get; } = peer;

    /// <summary>What it answered, with every error.</summary>
    public SwarmProblem Problem { get; } = problem;

    static string Describe(string peer, SwarmProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var errors = problem.Errors.Select(error => error.Fix is null ? error.Message : $"{error.Message} ({error.Fix})");
        var text = string.Join(" ", errors.Prepend(problem.Detail).OfType<string>());
        return $"{peer} refused it ({problem.Status} {problem.Title}){(text.Length > 0 ? $": {text}" : ".")}";
    }
}
