namespace Decnet.Fleet.Swarm.Pki;

/// <summary>How an authority is made, and how long what it signs is good.</summary>
internal sealed record AuthorityOptions
{
    /// <summary>The kind of key of the authority and of the master.</summary>
    internal KeyAlgorithm Key { get; init; } = KeyAlgorithm.EcdsaP256;

    /// <summary>How long the authority is good: ten years.</summary>
    internal TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(3653);

    /// <summary>How long the certificates of hosts and of the master are good.</summary>
    internal TimeSpan LeafLifetime { get; init; } = TimeSpan.FromDays(397);

    /// <summary>When a revocation list is due to be followed by another one. It is made anew at half of that.</summary>
    internal TimeSpan RevocationListLifetime { get; init; } = TimeSpan.FromDays(30);
}
