namespace Decnet.Fleet.Swarm.Agents;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;

/// <summary>Writes the answers to commands.</summary>
internal static class CommandReplies
{
    /// <summary>The answer to a command that is accepted. It is made of what is recorded alone, so that it can be given again.</summary>
    internal static CommandReply Accepted(OperationKind kind, IReadOnlyList<CommandOrder> orders, Fleet? fleet)
    {
        var action = Token<OperationKind>.Of(kind);
        var addresses = fleet?.Deckies.DistinctBy(decky => decky.Name).ToDictionary(decky => decky.Name, decky => decky.IPAddress) ?? [];
        return Reply(true, orders, name => (action, kind == OperationKind.Teardown ? null : addresses.GetValueOrDefault(name)));
    }

    /// <summary>The answer to a dry run.</summary>
    internal static CommandReply Planned(IReadOnlyList<CommandOrder> orders, Func<DeckyName, (string Action, IPAddress? Address)> plan) => Reply(false, orders, plan);

    static CommandReply Reply(bool accepted, IReadOnlyList<CommandOrder> orders, Func<DeckyName, (string Action, IPAddress? Address)> item) => new()
    {
        Version = SwarmProtocol.Version,
        Accepted = accepted,
        Deckies =
        [
            .. orders.Select(order =>
            {
                var (action, address) = item(order.Name);
                return new CommandReplyItem { OperationId = order.OperationId, Name = order.Name, Action = action, Address = address };
            }),
        ],
    };
}
