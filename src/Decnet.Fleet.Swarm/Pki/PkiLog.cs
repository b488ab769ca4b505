namespace Decnet.Fleet.Swarm.Pki;

using Microsoft.Extensions.Logging;

internal static partial class PkiLog
{
    [LoggerMessage(EventId = 5101, Level = LogLevel.Error, Message = "The changed files of {Folder} are not used, the former ones stay in force: {Reason}")]
    internal static partial void ChangeNotTaken(this ILogger logger, string folder, string reason);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Information, Message = "Trust version {Version} is in force: {Masters} certificates of the master, {Revoked} revoked ones")]
    internal static partial void TrustTaken(this ILogger logger, long version, int masters, int revoked);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Information, Message = "The certificate {Fingerprint} of the {Role} replaces the former one")]
    internal static partial void CertificateReplaced(this ILogger logger, string fingerprint, LeafRole role);

    [LoggerMessage(EventId = 5104, Level = LogLevel.Information, Message = "Revocation list {Number} revokes {Revoked} certificates")]
    internal static partial void RevocationListMade(this ILogger logger, long number, int revoked);

    [LoggerMessage(EventId = 5105, Level = LogLevel.Information, Message = "The next certificate of the master, {Fingerprint}, is announced with trust version {Version}")]
    internal static partial void NextMasterAnnounced(this ILogger logger, string fingerprint, long version);

    [LoggerMessage(EventId = 5106, Level = LogLevel.Warning, Message = "The revocation list {Number} is overdue by {Age}; what it revokes stays revoked. See whether the master is reached")]
    internal static partial void RevocationListOverdue(this ILogger logger, long number, TimeSpan age);
}
