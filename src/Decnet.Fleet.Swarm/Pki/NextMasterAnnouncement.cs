namespace Decnet.Fleet.Swarm.Pki;

/// <summary>What <c>next-master.json</c> holds: that hosts are told of the next certificate of the master.</summary>
/// <param name="Fingerprint">The fingerprint of that certificate.</param>
/// <param name="Version">The trust version from which on hosts know it.</param>
/// <param name="At">When they were told.</param>
internal sealed record NextMasterAnnouncement(string Fingerprint, long Version, DateTimeOffset At);
