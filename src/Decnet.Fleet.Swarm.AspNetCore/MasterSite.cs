namespace Decnet.Fleet.Swarm.AspNetCore;

using Decnet.Fleet.Model;
using Decnet.Fleet.State;
using Decnet.Fleet.Swarm.AspNetCore.Kestrel;
using Decnet.Fleet.Swarm.AspNetCore.Masters;
using Decnet.Fleet.Swarm.AspNetCore.Peers;
using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Decnet.Fleet.Swarm.Masters;
using Decnet.Fleet.Swarm.Pki;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>A master as web endpoints serve it: what it does, who it is, and whom it lets in.</summary>
public sealed class MasterSite
{
    internal MasterSite(MasterPki pki, IMasterSide master, IEnrolmentSide desk, TimeProvider? clock = null, ILoggerFactory? logs = null, TimeSpan? bodyLimit = null)
    {
        clock ??= TimeProvider.System;
        var logger = (logs ?? NullLoggerFactory.Instance).CreateLogger("Decnet.Master");
        var body = new RequestBody(clock, bodyLimit ?? SwarmLimits.Body);
        Handshake = new PeerHandshake(() => PeerTrust.Of(pki.Current), logger, clock);
        Mapping = new MasterMapping(master, new SwarmEndpoint(new HostGate(() => pki.Current, master), body, logger));
        Enrolment = new EnrolmentMapping(desk, new SwarmEndpoint(new EnrolmentGate(desk), body, logger));
    }

    internal PeerHandshake Handshake { get; }

    internal MasterMapping Mapping { get; }

    internal EnrolmentMapping Enrolment { get; }

    /// <summary>Puts it together. The authority and the master's certificate are made when the folder has none.</summary>
    /// <param name="folder">The state folder, whose folder <c>pki</c> has the certificates.</param>
    /// <param name="store">The hosts.</param>
    /// <param name="ledger">What takes reports.</param>
    /// <param name="desk">What lets hosts join.</param>
    /// <param name="names">Addresses and host names of the master, for its certificate when it is made.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="logs">Where it logs; null for nowhere.</param>
    /// <param name="cancellationToken">Ends the wait for the folder.</param>
    /// <returns>The site.</returns>
    /// <exception cref="PkiException">A file is missing or wrong, or the folder cannot be written.</exception>
    public static async Task<MasterSite> OpenAsync(
        StateFolder folder,
        IStateStore store,
        HostLedger ledger,
        EnrolmentDesk desk,
        ValueList<string>? names = null,
        TimeProvider? clock = null,
        ILoggerFactory? logs = null,
        CancellationToken cancellationToken = default)
    {
        clock ??= TimeProvider.System;
        var pki = await MasterPki.OpenAsync(PkiFolder.Of(folder), names ?? [], clock, logger: logs?.CreateLogger<MasterSite>(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Of(pki, store, ledger, desk, clock, logs);
    }

    internal static MasterSite Of(MasterPki pki, IStateStore store, HostLedger ledger, EnrolmentDesk desk, TimeProvider? clock = null, ILoggerFactory? logs = null)
    {
        var side = new MasterSide(pki, store, ledger, desk);
        return new MasterSite(pki, side, side, clock, logs);
    }
}
