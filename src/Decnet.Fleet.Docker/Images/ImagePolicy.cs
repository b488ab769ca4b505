namespace Decnet.Fleet.Docker.Images;

/// <summary>Which image a reference with tag and digest, such as <c>debian:bookworm-slim@sha256:…</c>, means.</summary>
public enum ImagePolicy
{
    /// <summary>
    /// The digest: exactly the image that was chosen, whatever its tag means meanwhile. It is pulled when it is not there.
    /// A reference without a digest, such as that of an image of one's own, is used as with <see cref="Tag"/>, with a warning in the log.
    /// </summary>
    Pinned,

    /// <summary>The tag: the image that has it on the engine, else it is pulled.</summary>
    Tag,

    /// <summary>The tag, and only what is on the engine: nothing is ever pulled, as on a host without a way out.</summary>
    Local,
}
