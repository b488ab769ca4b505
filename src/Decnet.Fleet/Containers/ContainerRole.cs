namespace Decnet.Fleet.Containers;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>What a container is to its decky.</summary>
[JsonConverter(typeof(TokenConverter<ContainerRole>))]
public enum ContainerRole
{
    /// <summary>It owns the address and the network namespace.</summary>
    Base,

    /// <summary>It runs one service in the base's network namespace.</summary>
    Service,
}
