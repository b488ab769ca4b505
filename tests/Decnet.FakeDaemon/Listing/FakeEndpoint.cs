namespace Decnet.FakeDaemon.Listing;

/// <summary>A container's place on a network.</summary>
public sealed record FakeEndpoint
{
    /// <summary>The name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>The id of the network.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The id of the endpoint; empty when the container does not run.</summary>
    public string EndpointId { get; init; } = "";

    /// <summary>The address that was asked for; null for none.</summary>
    public string? FixedAddress { get; init; }

    /// <summary>The address; empty when the container does not run.</summary>
    public string Address { get; init; } = "";

    /// <summary>The gateway; empty when the container does not run.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The length of the prefix.</summary>
    public int PrefixLength { get; init; }

    /// <summary>The MAC; empty when the container does not run.</summary>
    public string Mac { get; init; } = "";
}
