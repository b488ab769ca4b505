namespace Decnet.Fleet.Swarm.Contract;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>
/// The answer of an agent to a command: 202 with what it has recorded and works on, or 200 with what it would do. The same
/// command gets the same answer again, however far the work is.
/// </summary>
public sealed record CommandReply
{
    /// <summary>The version of the protocol, <see cref="SwarmProtocol.Version"/>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the work was accepted; false for a dry run.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Each decky of the command, in its order.</summary>
    [JsonConverter(typeof(ValueListConverter<CommandReplyItem>))]
    public required ValueList<CommandReplyItem> Deckies { get; init; }
}
