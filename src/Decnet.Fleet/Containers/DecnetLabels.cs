namespace Decnet.Fleet.Containers;

using System.Diagnostics.CodeAnalysis;
using Decnet.Fleet.Model;

/// <summary>
/// The labels of containers and networks. Docker Compose's own are among them, so that <c>docker compose -p decnet ps</c>
/// shows a fleet, whoever brought it up.
/// </summary>
public static class DecnetLabels
{
    /// <summary>The project that all deckies belong to.</summary>
    public const string Project = "decnet";

    /// <summary>The name of the network that base containers are attached to, with every driver.</summary>
    public const string NetworkName = "decnet_lan";

    /// <summary>The label with <see cref="Project"/>.</summary>
    public const string ComposeProject = "com.docker.compose.project";

    /// <summary>The label with the decky's name, or for a service the decky's name, a hyphen and the slug unchanged.</summary>
    public const string ComposeService = "com.docker.compose.service";

    /// <summary>The label with the hash of what a container was made from: ours starts with <c>d1-</c>, Compose's does not.</summary>
    public const string ComposeConfigHash = "com.docker.compose.config-hash";

    /// <summary>The label that is <c>False</c>, except on containers of <c>docker compose run</c>; <c>ps</c> asks for it.</summary>
    public const string ComposeOneOff = "com.docker.compose.oneoff";

    /// <summary>The label with the number of the instance, always 1.</summary>
    public const string ComposeNumber = "com.docker.compose.container-number";

    /// <summary>The label of a network with its name.</summary>
    public const string ComposeNetwork = "com.docker.compose.network";

    /// <summary>The label with the decky's name.</summary>
    public const string Decky = "decnet.fleet.decky";

    /// <summary>The label with the slug of the service; on service containers only.</summary>
    public const string ServiceName = "decnet.fleet.service_name";

    /// <summary>The label with <c>base</c> or <c>service</c>.</summary>
    public const string Role = "decnet.fleet.role";

    /// <summary>The label with the host that made the container.</summary>
    public const string Host = "decnet.fleet.host";

    const string OneOffInstance = "True";

    /// <summary>The labels that a container is made with.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="host">The host that makes it.</param>
    /// <returns>The labels of the specification, the host and the hash.</returns>
    public static ValueMap<string> For(ContainerSpec spec, HostId host)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new([.. spec.Labels, new(Host, host.Value), new(ComposeConfigHash, spec.ConfigHash)]);
    }

    /// <summary>
    /// Tells from its labels what a container is: one of ours, of an exported Compose file, or of the Python system, whose
    /// base containers have nothing but Compose's labels.
    /// </summary>
    /// <param name="labels">The labels.</param>
    /// <param name="identity">What it is.</param>
    /// <returns>False when the container is not of our project, or no part of a decky.</returns>
    public static bool TryIdentify(IReadOnlyDictionary<string, string> labels, [NotNullWhen(true)] out ContainerIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(labels);
        identity = null;
        return Text(labels, ComposeProject) == Project && TryIdentifyInProject(labels, out identity);
    }

    /// <summary>The same for a container that is known to be of the project in question.</summary>
    internal static bool TryIdentifyInProject(IReadOnlyDictionary<string, string> labels, [NotNullWhen(true)] out ContainerIdentity? identity)
    {
        identity = null;
        var composeService = Text(labels, ComposeService);
        var decky = Text(labels, Decky) ?? composeService;
        if (decky is null || Text(labels, ComposeOneOff) == OneOffInstance)
        {
            return false;
        }

        var service = Text(labels, ServiceName) ?? SlugOf(composeService, decky);
        ContainerRole? role = Token<ContainerRole>.TryParse(Text(labels, Role), out var stated)
            ? stated
            : service is null ? (composeService is null || composeService == decky ? ContainerRole.Base : null) : ContainerRole.Service;
        if (role is null || (role == ContainerRole.Service && service is null))
        {
            return false;
        }

        identity = new ContainerIdentity(
            decky,
            role.Value,
            role == ContainerRole.Service ? service : null,
            Text(labels, Host),
            Text(labels, ComposeConfigHash) is { } hash && ConfigHashes.IsOurs(hash) ? hash : null);
        return true;
    }

    internal static ValueMap<string> Base(DeckyName decky) => new(
    [
        new(ComposeProject, Project), new(ComposeService, decky.Value), new(ComposeOneOff, "False"), new(ComposeNumber, "1"),
        new(Decky, decky.Value), new(Role, Token<ContainerRole>.Of(ContainerRole.Base)),
    ]);

    internal static ValueMap<string> Service(DeckyName decky, string slug) => new(
    [
        new(ComposeProject, Project), new(ComposeService, $"{decky.Value}-{slug}"), new(ComposeOneOff, "False"), new(ComposeNumber, "1"),
        new(Decky, decky.Value), new(ServiceName, slug), new(Role, Token<ContainerRole>.Of(ContainerRole.Service)),
    ]);

    internal static ValueMap<string> Network { get; } = new([new(ComposeProject, Project), new(ComposeNetwork, NetworkName)]);

    static string? Text(IReadOnlyDictionary<string, string> labels, string key) =>
        labels.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    static string? SlugOf(string? composeService, string decky) =>
        composeService is not null && composeService.Length > decky.Length + 1 && composeService.StartsWith(decky + "-", StringComparison.Ordinal)
            ? composeService[(decky.Length + 1)..]
            : null;
}
