namespace Decnet.Fleet.Hosting;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Pki;

/// <summary>What came of asking the agent of a host how it is.</summary>
public sealed record HostProbe
{
    /// <summary>The <see cref="Reason"/> of a host that does not answer.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The <see cref="Reason"/> of a host whose agent answered that it will not.</summary>
    public const string Refused = "refused";

    /// <summary>The <see cref="Reason"/> when the master's own certificate or authority cannot be used.</summary>
    public const string MasterUnfit = "master_unfit";

    /// <summary>The host.</summary>
    public required FleetHost Host { get; init; }

    /// <summary>How long the agent took to answer.</summary>
    /// <value>Default: null, it did not.</value>
    public TimeSpan? Latency { get; init; }

    /// <summary>How the agent says that the host is.</summary>
    /// <value>Default: null, it did not say.</value>
    public AgentStatus? Status { get; init; }

    /// <summary>Why it did not: one of the constants here, or of the reasons of <see cref="PeerRefusedException"/>, such as <c>revoked</c>.</summary>
    /// <value>Default: null, it answered.</value>
    public string? Reason { get; init; }

    /// <summary>The same in words; or, of an agent that answered, why it cannot tell how its deckies are.</summary>
    /// <value>Default: null, there is no problem.</value>
    public string? Problem { get; init; }

    /// <summary>Whether the agent answered everything.</summary>
    public bool IsReachable => Status is not null;

    /// <summary>Asks the agent of a host, once.</summary>
    /// <param name="master">The master.</param>
    /// <param name="host">The host.</param>
    /// <param name="clock">Measures how long the answer takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it.</returns>
    public static async Task<HostProbe> AskAsync(MasterFleet master, FleetHost host, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(master);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(clock);
        var probe = new HostProbe { Host = host };
        try
        {
            var started = clock.GetTimestamp();
            await master.Agents.GetHealthAsync(host, cancellationToken).ConfigureAwait(false);
            probe = probe with { Latency = clock.GetElapsedTime(started) };
            var status = await master.Agents.GetStatusAsync(host, cancellationToken).ConfigureAwait(false);
            return probe with { Status = status, Problem = status.Problem };
        }
        catch (DecnetException error)
        {
            return probe with { Reason = ReasonOf(error), Problem = error.Message };
        }
    }

    static string ReasonOf(DecnetException error) => error switch
    {
        PeerRefusedException refused => refused.Reason,
        RequestRefusedException => Refused,
        PkiException => MasterUnfit,
        _ => Unreachable,
    };
}
