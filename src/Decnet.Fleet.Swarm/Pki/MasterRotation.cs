namespace Decnet.Fleet.Swarm.Pki;

using System.Security.Cryptography.X509Certificates;

/// <summary>Where the change of the master's certificate stands, and what is next. It does no I/O.</summary>
internal sealed record MasterRotation
{
    static readonly TimeSpan LongestNotice = TimeSpan.FromDays(1);

    /// <summary>The certificate that is used.</summary>
    internal required X509Certificate2 Current { get; init; }

    /// <summary>The one that shall follow; null when there is none.</summary>
    internal X509Certificate2? Next { get; init; }

    /// <summary>What the hosts were told; null when nothing.</summary>
    internal NextMasterAnnouncement? Announced { get; init; }

    /// <summary>The revocation list that is in force.</summary>
    internal required RevocationList Revocations { get; init; }

    internal MasterRotationStep NextStep(MasterRotationView hosts, DateTimeOffset now)
    {
        if (now >= Revocations.ThisUpdate + ((Revocations.NextUpdate - Revocations.ThisUpdate) / 2))
        {
            return MasterRotationStep.Refresh;
        }

        if (Next is null)
        {
            return Announced is not null ? MasterRotationStep.Finish
                : RenewalRule.IsDue(Current, now) ? MasterRotationStep.Prepare
                : MasterRotationStep.None;
        }

        if (Announced?.Fingerprint != CertificateFingerprint.Of(Next))
        {
            return MasterRotationStep.Announce;
        }

        return MaySwitch(Announced, hosts, now) ? MasterRotationStep.Switch : MasterRotationStep.None;
    }

    /// <summary>
    /// A host that has not heard of the next certificate refuses it, and must then be enrolled again. So all active ones must
    /// have reported that they know it, and those that are just starting, as the master may be, get time to.
    /// </summary>
    bool MaySwitch(NextMasterAnnouncement announced, MasterRotationView hosts, DateTimeOffset now)
    {
        if (hosts.Hosts == 0 || RenewalRule.IsLate(Current, now))
        {
            return true;
        }

        var share = RenewalRule.Lifetime(Current) / 30;
        var notice = share < LongestNotice ? share : LongestNotice;
        return now - announced.At >= notice
            && now - hosts.ListeningSince >= notice
            && hosts.ActiveVersions.Count > 0
            && hosts.ActiveVersions.All(version => version >= announced.Version);
    }
}
