namespace Decnet.Fleet.Docker.Images;

using System.Text.RegularExpressions;

/// <summary>The rules of the distribution project's reference grammar for the parts of an image's name.</summary>
internal static partial class ImageReferenceGrammar
{
    const int MaxRepositoryLength = 255;

    /// <summary>Checks the parts.</summary>
    /// <param name="host">The registry.</param>
    /// <param name="path">The repository.</param>
    /// <param name="tag">The tag; null for none.</param>
    /// <param name="digest">The digest; null for none.</param>
    /// <returns>The first thing that is wrong, as a sentence; null when nothing is.</returns>
    public static string? Check(string host, string path, string? tag, string? digest)
    {
        if (path.Length == 0)
        {
            return "it has no repository. Write one such as busybox:1.36.";
        }

        if (!Host().IsMatch(host))
        {
            return $"'{host}' is not the host of a registry.";
        }

        if (path.Any(char.IsAsciiLetterUpper))
        {
            return $"its repository must be in lower case: '{path.ToLowerInvariant()}'.";
        }

        if (path.Length > MaxRepositoryLength)
        {
            return $"its repository is longer than {MaxRepositoryLength} characters.";
        }

        if (!Path().IsMatch(path))
        {
            return $"its repository '{path}' may hold lower-case letters and digits, parted by '/', '.', '_', '__' or dashes, and nothing else.";
        }

        if (host == ImageReference.DefaultRegistry && ImageId().IsMatch(path))
        {
            return "64 hexadecimal digits are the id of an image. Give the image a name (docker tag) and use that.";
        }

        if (tag is not null && !Tag().IsMatch(tag))
        {
            return $"its tag '{tag}' may hold 1 to 128 letters, digits, '_', '.' and '-', and begins with none of the last two.";
        }

        return digest is null || Digest().IsMatch(digest)
            ? null
            : $"its digest '{digest}' is not sha256: with 64, sha384: with 96 or sha512: with 128 hexadecimal digits in lower case.";
    }

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[A-Fa-f0-9:]+\])(:[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Path();

    [GeneratedRegex(@"^[a-f0-9]{64}\z")]
    private static partial Regex ImageId();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Digest();
}
