namespace Decnet.Fleet.Containers;

using Decnet.Fleet.Model;

/// <summary>The names of containers, made in one place. They are for people: identity is in the labels.</summary>
public static class ContainerNames
{
    /// <summary>The name of a base container: the decky's.</summary>
    /// <param name="decky">The decky.</param>
    /// <returns>The name.</returns>
    public static string Base(DeckyName decky) => decky.Value;

    /// <summary>The name of a service container: the decky's, a hyphen, and the slug with hyphens for underscores.</summary>
    /// <param name="decky">The decky.</param>
    /// <param name="slug">The slug of the service, such as <c>docker_api</c>.</param>
    /// <returns>The name, such as <c>web-01-docker-api</c>.</returns>
    public static string Service(DeckyName decky, string slug)
    {
        ArgumentNullException.ThrowIfNull(slug);
        return $"{decky.Value}-{slug.Replace('_', '-')}";
    }
}
