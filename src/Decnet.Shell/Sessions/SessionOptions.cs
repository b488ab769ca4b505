namespace Decnet.Shell.Sessions;

using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Masters;

/// <summary>What a session is made of. What is not said, the environment says, and then the defaults.</summary>
public sealed record SessionOptions
{
    /// <summary>The folder with the fleet file and the database; null for <c>DECNET_STATE_DIR</c> or the default.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The engine, such as <c>unix:///run/docker.sock</c>; null for <c>DOCKER_HOST</c> or the default.</summary>
    public string? DockerHost { get; init; }

    /// <summary>The host whose deckies are worked on; null for <c>DECNET_HOST_ID</c> or <c>local</c>.</summary>
    public string? HostId { get; init; }

    /// <summary>The Compose project of the fleet; null for <c>DECNET_PROJECT</c> or <c>decnet</c>.</summary>
    public string? Project { get; init; }

    /// <summary>Where containers run.</summary>
    public RuntimeKind Runtime { get; init; }

#pragma warning disable RS0030 // This is where the environment enters.
    /// <summary>Reads an environment variable.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Who works, for the records of orders.</summary>
    internal string User { get; init; } = Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user ? user : Environment.UserName;
#pragma warning restore RS0030

    /// <summary>Speaks to the agents of hosts; null for HTTPS with the certificate of the master.</summary>
    internal IAgentClient? Agents { get; init; }

    /// <summary>How work is handed over to hosts.</summary>
    internal SwarmOptions Swarm { get; init; } = new();

    /// <summary>The clock.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
