namespace Decnet.Fleet.Swarm.Contract;

using System.Net;
using System.Text.Json.Serialization;
using Decnet.Fleet.Model;
using Decnet.Fleet.Model.Json;

/// <summary>What an agent answers on one decky.</summary>
public sealed record CommandReplyItem
{
    /// <summary>The operation.</summary>
    public required Guid OperationId { get; init; }

    /// <summary>The decky.</summary>
    public required DeckyName Name { get; init; }

    /// <summary>
    /// What is done: <c>deploy</c>, <c>mutate</c> or <c>teardown</c>, so that the answer is the same however far the work is. For a dry
    /// run, what would be done: <c>add</c>, <c>change</c>, <c>repair</c>, <c>keep</c>, <c>mutate</c> or <c>remove</c>.
    /// </summary>
    public required string Action { get; init; }

    /// <summary>The address that the decky has, or would have, on the host's own network.</summary>
    /// <value>Default: null, it has none.</value>
    [JsonConverter(typeof(IPAddressConverter))]
    public IPAddress? Address { get; init; }
}
