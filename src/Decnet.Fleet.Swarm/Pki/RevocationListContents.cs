namespace Decnet.Fleet.Swarm.Pki;

/// <summary>What stands in a revocation list.</summary>
/// <param name="Number">Its number.</param>
/// <param name="ThisUpdate">When it was made.</param>
/// <param name="NextUpdate">When it should be followed by another one.</param>
/// <param name="Revoked">When each certificate was revoked, by serial number.</param>
internal sealed record RevocationListContents(
    long Number, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, IReadOnlyDictionary<string, DateTimeOffset> Revoked);
