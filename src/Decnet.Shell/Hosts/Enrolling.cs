namespace Decnet.Shell.Hosts;

using System.Globalization;
using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Lets hosts join the fleet.</summary>
public static class Enrolling
{
    /// <summary>How long an invitation is good, unless somebody says otherwise.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    /// <summary>Invites a host. A folder that is not that of a master becomes one.</summary>
    /// <param name="session">Whose folder.</param>
    /// <param name="name">The name that the host gets.</param>
    /// <param name="lifetime">How long the invitation is good; null for <see cref="DefaultLifetime"/>.</param>
    /// <param name="master">Where the host reaches the master: HOST or HOST:PORT; null for this machine and the usual port.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The invitation.</returns>
    /// <exception cref="FaultException">The place of the master cannot be read.</exception>
    /// <exception cref="FleetValidationException">The name does not fit or is taken, or the time is out of range.</exception>
    /// <exception cref="DecnetException">The authority or the store cannot be used.</exception>
    public static async Task<Output.Enrollment> InviteAsync(DecnetSession session, string name, TimeSpan? lifetime, string? master, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var where = MasterEndpoint.Of(master, SwarmProtocol.EnrolmentPort);
        var found = await BecomeMasterAsync(session, where, cancellationToken).ConfigureAwait(false);
        var invitation = await found.OpenDesk().OpenAsync(name, lifetime ?? DefaultLifetime, cancellationToken).ConfigureAwait(false);
        return new Output.Enrollment(
            invitation.Name,
            invitation.Token,
            invitation.ExpiresAt,
            found.AuthorityFingerprint,
            $"decnetd agent enroll --master {where} --token {invitation.Token} --ca-fingerprint {found.AuthorityFingerprint}");
    }

    /// <summary>Enrols a host by a request that was carried here, and writes the reply that is carried back. A folder that is not that of a master becomes one.</summary>
    /// <param name="session">Whose folder.</param>
    /// <param name="request">Which host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host, and what is left to do on it.</returns>
    /// <exception cref="FaultException">The place of the master cannot be read, or the file of the reply is there already or cannot be written.</exception>
    /// <exception cref="FleetValidationException">The name, the request or an address does not fit.</exception>
    /// <exception cref="DecnetException">The authority or the store cannot be used.</exception>
    public static async Task<Output.HostRegistration> RegisterAsync(DecnetSession session, HostRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Overwrite && File.Exists(request.ReplyPath))
        {
            throw new FaultException(new Fault(
                "PathExists", FaultCategory.ResourceExists, $"'{request.ReplyPath}' is there already. Choose another path, or use -Force.", request.ReplyPath));
        }

        var where = MasterEndpoint.Of(request.Master, SwarmProtocol.MasterPort);
        var csr = await File.ReadAllTextAsync(request.RequestPath, cancellationToken).ConfigureAwait(false);
        var found = await BecomeMasterAsync(session, where, cancellationToken).ConfigureAwait(false);
        var port = request.Port ?? SwarmProtocol.AgentPort;
        var reply = await found.OpenDesk(where.Port).RegisterAsync(request.Name, csr, request.Addresses, port, cancellationToken).ConfigureAwait(false);
        Write(request, reply);
        return new Output.HostRegistration
        {
            Name = request.Name,
            HostId = reply.HostId.Value,
            Path = request.ReplyPath,
            CaFingerprint = found.AuthorityFingerprint,
            Command = string.Create(
                CultureInfo.InvariantCulture,
                $"decnetd agent enroll --reply {Path.GetFileName(request.ReplyPath)} --report-to {where} --ca-fingerprint {found.AuthorityFingerprint} --port {port}"),
        };
    }

    static async Task<MasterFleet> BecomeMasterAsync(DecnetSession session, MasterEndpoint where, CancellationToken cancellationToken)
    {
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        return fleet.Master ?? await fleet.BecomeMasterAsync([.. MachineNames.List().Prepend(where.Host).Distinct(StringComparer.OrdinalIgnoreCase)], cancellationToken).ConfigureAwait(false);
    }

    static void Write(HostRequest request, EnrolmentReply reply)
    {
        try
        {
            EnrolmentReplyFile.Write(request.ReplyPath, reply, request.Overwrite);
        }
        catch (DecnetException error)
        {
            throw new FaultException(new Fault(
                "ReplyNotWritten",
                FaultCategory.WriteError,
                $"The host '{request.Name}' is enrolled, but its reply could not be written: {error.Message} Unregister-DecnetHost {request.Name}, and register it again.",
                request.ReplyPath,
                error));
        }
    }
}
