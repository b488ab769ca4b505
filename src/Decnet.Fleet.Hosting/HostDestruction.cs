namespace Decnet.Fleet.Hosting;

using System.Security.Cryptography;
using Decnet.Fleet.Events;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>The self-destruction of a host, in steps: what it would remove, the order, and its farewell.</summary>
public sealed class HostDestruction
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    readonly LocalFleet local;
    readonly IAgentClient agents;
    readonly SelfDestructReply asked;

    HostDestruction(LocalFleet local, IAgentClient agents, FleetHost host, Guid operationId, SelfDestructReply asked)
    {
        this.local = local;
        this.agents = agents;
        this.asked = asked;
        Host = host;
        OperationId = operationId;
    }

    /// <summary>The host.</summary>
    public FleetHost Host { get; }

    /// <summary>The identity of the order.</summary>
    public Guid OperationId { get; }

    /// <summary>What is removed: deckies by name, then paths and units as the install manifest of the host lists them.</summary>
    public IReadOnlyList<string> Removes => asked.Removes;

    /// <summary>What cannot be removed, and why. Nothing is begun while there is any.</summary>
    public IReadOnlyList<string> Obstacles => asked.Obstacles;

    /// <summary>Asks the agent of a host what it would remove. Nothing is done yet; its confirmation is good for a minute.</summary>
    /// <param name="local">The fleet of the master.</param>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The destruction, not begun.</returns>
    /// <exception cref="InvalidOperationException">The fleet is not that of a master.</exception>
    /// <exception cref="DecnetException">The agent does not answer, or refuses.</exception>
    public static async Task<HostDestruction> AskAsync(LocalFleet local, FleetHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(host);
        var agents = (local.Master ?? throw new InvalidOperationException("The fleet has no master.")).Agents;
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        var reply = await agents.SelfDestructAsync(host, Command(id, null), cancellationToken).ConfigureAwait(false);
        return new HostDestruction(local, agents, host, id, reply);
    }

    /// <summary>Orders the destruction, and waits for the farewell of the host, which a running master takes.</summary>
    /// <param name="timeout">How long to wait for the farewell; zero not to wait.</param>
    /// <param name="cancellationToken">Ends the wait; the host goes on.</param>
    /// <returns>How it ended; null when the time was over before the farewell.</returns>
    /// <exception cref="FleetValidationException">Something cannot be removed; nothing was begun.</exception>
    /// <exception cref="DecnetException">The agent does not answer, or refuses.</exception>
    public async Task<HostDestructionResult?> RunAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (Obstacles.Count > 0)
        {
            throw new FleetValidationException(
                $"The destruction of {Host.Name}", [.. Obstacles.Select(text => FleetIssue.Error("not-removable", text, "put it right on the host, or remove it there by hand", Host.Name))]);
        }

        var cursor = await local.Events.GetLastSequenceAsync(cancellationToken).ConfigureAwait(false);
        await agents.SelfDestructAsync(Host, Command(OperationId, asked.Confirmation), cancellationToken).ConfigureAwait(false);
        var started = local.Clock.GetTimestamp();
        var pattern = TopicPattern.Parse($"host.{Host.HostId.Value}.farewell");
        while (true)
        {
            var page = await local.Events.ReadAsync(cursor, pattern, cancellationToken: cancellationToken).ConfigureAwait(false);
            cursor = page.Next;
            if (page.Events.Select(told => HostDestructionResult.Of(told, OperationId)).FirstOrDefault(told => told is not null) is { } result)
            {
                return result;
            }

            if (local.Clock.GetElapsedTime(started) >= timeout)
            {
                return null;
            }

            await Task.Delay(Look, local.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    static SelfDestructCommand Command(Guid id, string? confirmation) => new() { Version = SwarmProtocol.Version, OperationId = id, Confirmation = confirmation };
}
