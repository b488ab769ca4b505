namespace Decnet.Fleet.Docker.Endpoints;

/// <summary>The folder of the docker command: <c>$DOCKER_CONFIG</c>, else <c>.docker</c> in the home folder.</summary>
internal static class DockerFolder
{
    /// <summary>Finds the folder. It need not exist.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="windows">Whether the home folder is where Windows says.</param>
    /// <returns>The path; null when no variable tells.</returns>
    public static string? Find(Func<string, string?> environment, bool windows) =>
        environment("DOCKER_CONFIG") is { Length: > 0 } configured ? configured
        : Home(environment, windows) is { } home ? Path.Combine(home, ".docker")
        : null;

    /// <summary>Finds the home folder.</summary>
    public static string? Home(Func<string, string?> environment, bool windows) =>
        environment(windows ? "USERPROFILE" : "HOME") is { Length: > 0 } home ? home : null;
}
