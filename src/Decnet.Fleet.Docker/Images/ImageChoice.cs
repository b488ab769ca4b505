namespace Decnet.Fleet.Docker.Images;

using Decnet.Fleet.Containers;

/// <summary>What the policy makes of an image reference.</summary>
/// <param name="Reference">What is asked of the engine, and what containers are made from.</param>
/// <param name="MayPull">Whether it may be pulled.</param>
/// <param name="IsUnpinned">Whether a digest was wanted and there is none.</param>
internal sealed record ImageChoice(ImageReference Reference, bool MayPull, bool IsUnpinned)
{
    /// <summary>Chooses.</summary>
    /// <exception cref="RuntimeException">The text is not an image reference.</exception>
    internal static ImageChoice Of(string image, ImagePolicy policy)
    {
        var reference = ImageReference.Parse(image);
        return policy switch
        {
            ImagePolicy.Tag => new ImageChoice(reference.WithoutDigest, true, false),
            ImagePolicy.Local => new ImageChoice(reference.WithoutDigest, false, false),
            _ => new ImageChoice(reference, true, reference.Digest is null),
        };
    }
}
