namespace Decnet.Fleet.Docker;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Model;

/// <summary>The environment variables of Decnet that concern the runtime. Those of docker itself are read where they are used.</summary>
public static class DockerEnvironment
{
    /// <summary>The variable with the image policy: <c>pinned</c>, <c>tag</c> or <c>local</c>, in any case.</summary>
    public const string ImagePolicyVariable = "DECNET_IMAGE_POLICY";

    /// <summary>The variable with the image of stand-ins, a reference such as <c>busybox:1.36</c>.</summary>
    public const string DecoyImageVariable = "DECNET_DECOY_IMAGE";

    /// <summary>The variable with the host that containers are labelled with.</summary>
    public const string HostIdVariable = "DECNET_HOST_ID";

    /// <summary>The variable with the project of the fleet, as <see cref="DockerRuntimeOptions.Project"/>.</summary>
    public const string ProjectVariable = "DECNET_PROJECT";

    /// <summary>Options as the environment says.</summary>
    /// <param name="options">What holds where the environment says nothing.</param>
    /// <param name="environment">Reads an environment variable; null or empty when it is not set.</param>
    /// <returns>The options.</returns>
    /// <exception cref="DecnetException">Variables are wrong; the message lists all that are.</exception>
    public static DockerRuntimeOptions Apply(DockerRuntimeOptions options, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        var faults = new List<string>();
        var policy = Read(environment, ImagePolicyVariable, faults, "one of pinned, tag, local", ToPolicy);
        var host = Read(environment, HostIdVariable, faults, "a host id of 1 to 63 letters, digits, hyphens and underscores", ToHost);
        var project = environment(ProjectVariable)?.Trim() is { Length: > 0 } text ? text : null;
        if (project is not null && !FleetProject.IsValid(project))
        {
            faults.Add($"{ProjectVariable} is '{project}': set it to 1 to {FleetProject.MaxLength} lower-case letters, digits, hyphens and underscores, or remove it.");
        }

        return faults.Count == 0
            ? options with { ImagePolicy = policy ?? options.ImagePolicy, HostId = host ?? options.HostId, Project = project ?? options.Project }
            : throw new DecnetException(string.Join(" ", faults));
    }

    /// <summary>The image of stand-ins that the environment asks for, as <see cref="DeckyComposer"/> takes it.</summary>
    /// <param name="environment">Reads an environment variable; null or empty when it is not set.</param>
    /// <returns>The reference; null for the default.</returns>
    /// <exception cref="DecnetException">The variable is not an image reference.</exception>
    public static string? DecoyImage(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment(DecoyImageVariable) is not { Length: > 0 } text ? null
            : ImageReference.TryParse(text, out _, out var fault) ? text
            : throw new DecnetException($"{DecoyImageVariable} is '{text}', which is not the name of an image: {fault}");
    }

#pragma warning disable RS0030 // This is where the environment enters.
    internal static string? OfProcess(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030

    static T? Read<T>(Func<string, string?> environment, string name, List<string> faults, string wanted, Func<string, T?> read) where T : struct
    {
        if (environment(name)?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        var value = read(text);
        if (value is null)
        {
            faults.Add($"{name} is '{text}': set it to {wanted}, or remove it.");
        }

        return value;
    }

    static ImagePolicy? ToPolicy(string text) => Token<ImagePolicy>.TryParse(text.ToLowerInvariant(), out var policy) ? policy : null;

    static HostId? ToHost(string text) => HostId.TryParse(text, out var host) ? host : null;
}
