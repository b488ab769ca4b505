namespace Decnet.Fleet.Docker.Images;

using System.Diagnostics.CodeAnalysis;
using Decnet.Fleet.Containers;

/// <summary>The name of an image in full, by the grammar of the distribution project: registry, repository, tag and digest.</summary>
internal sealed record ImageReference
{
    /// <summary>The registry that names without one belong to.</summary>
    public const string DefaultRegistry = "docker.io";

    const string DefaultTag = "latest";
    const string DefaultNamespace = "library/";

    ImageReference(string registryHost, string repository, string? tag, string? digest) =>
        (RegistryHost, Repository, Tag, Digest) = (registryHost, repository, tag, digest);

    /// <summary>The registry, with its port if it has one: <c>docker.io</c>, <c>registry.lan:5000</c>.</summary>
    public string RegistryHost { get; }

    /// <summary>The path within the registry: <c>library/busybox</c>.</summary>
    public string Repository { get; }

    /// <summary>The tag; null only when there is a digest.</summary>
    public string? Tag { get; }

    /// <summary>The digest, <c>sha256:...</c>; null for none.</summary>
    public string? Digest { get; }

    /// <summary>The short form that people write: <c>busybox:1.36</c>.</summary>
    public string Familiar => Name(familiar: true) + Suffix;

    /// <summary>The same by its tag alone, which is <c>latest</c> when it had none.</summary>
    public ImageReference WithoutDigest => Digest is null ? this : new(RegistryHost, Repository, Tag ?? DefaultTag, null);

    string Suffix => (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");

    /// <summary>Reads a reference and completes it: <c>busybox</c> is <c>docker.io/library/busybox:latest</c>.</summary>
    /// <param name="text">The reference.</param>
    /// <returns>The complete reference.</returns>
    /// <exception cref="RuntimeException">It breaks the grammar (<see cref="RuntimeError.Invalid"/>).</exception>
    public static ImageReference Parse(string text) =>
        TryParse(text, out ImageReference? reference, out string? error)
            ? reference
            : throw new RuntimeException(RuntimeError.Invalid, $"'{text}' is not the name of an image: {error}");

    /// <summary>Reads a reference.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="reference">The complete reference.</param>
    /// <param name="error">What is wrong and what would be right, as a sentence without the name.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? error)
    {
        reference = null;
        (string rest, string? digest) = CutLast(text, '@');
        int slash = rest.LastIndexOf('/');
        (string lastPart, string? tag) = CutLast(rest[(slash + 1)..], ':');
        (string host, string path) = SplitHost(rest[..(slash + 1)] + lastPart);
        string repository = host == DefaultRegistry && !path.Contains('/', StringComparison.Ordinal) ? DefaultNamespace + path : path;
        error = ImageReferenceGrammar.Check(host, path, tag, digest);
        if (error is null)
        {
            reference = new ImageReference(host, repository, tag ?? (digest is null ? DefaultTag : null), digest);
        }

        return error is null;
    }

    /// <summary>The complete reference.</summary>
    /// <returns><c>docker.io/library/busybox:1.36</c>.</returns>
    public override string ToString() => Name(familiar: false) + Suffix;

    string Name(bool familiar) =>
        !familiar || RegistryHost != DefaultRegistry ? $"{RegistryHost}/{Repository}"
        : Repository.StartsWith(DefaultNamespace, StringComparison.Ordinal) && Repository.LastIndexOf('/') == DefaultNamespace.Length - 1
            ? Repository[DefaultNamespace.Length..]
            : Repository;

    static (string Before, string? After) CutLast(string text, char separator) =>
        text.LastIndexOf(separator) is >= 0 and int at ? (text[..at], text[(at + 1)..]) : (text, null);

    // What stands before the first slash is a registry only if it cannot be a part of a repository's path.
    static (string Host, string Path) SplitHost(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : name[..slash];
        if (first.Length == 0 || (first.IndexOfAny(['.', ':']) < 0 && first != "localhost" && !first.Any(char.IsAsciiLetterUpper)))
        {
            return (DefaultRegistry, name);
        }

        return (first == "index.docker.io" ? DefaultRegistry : first, name[(slash + 1)..]);
    }
}
