namespace Decnet.Shell.Hosts;

using Decnet.Fleet.Hosting;
using Decnet.Fleet.Model;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Takes hosts out of the fleet.</summary>
public static class Unregistration
{
    /// <summary>Takes a host out of the fleet, and revokes its certificates. What runs on it is not touched.</summary>
    /// <param name="session">Whose host.</param>
    /// <param name="host">The identity of the host.</param>
    /// <param name="force">Whether also one that deckies are placed on.</param>
    /// <param name="showHost">Whether the host is put out, as it was.</param>
    /// <param name="outlet">Takes it.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <returns>A task that ends when it is done.</returns>
    /// <exception cref="FaultException">The folder is not that of a master.</exception>
    /// <exception cref="FleetValidationException">Deckies are placed on it. Nothing was changed.</exception>
    /// <exception cref="DecnetException">There is no such host, somebody else works on the fleet, or something cannot be read or written.</exception>
    public static async Task RunAsync(
        DecnetSession session, string host, bool force, bool showHost, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(outlet);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var master = MasterAccess.MasterOf(fleet);
        var shown = (await HostList.ListAsync(session, cancellationToken).ConfigureAwait(false)).FirstOrDefault(item => item.HostId == host);
        await master.Hosts.UnregisterAsync(host, force, cancellationToken).ConfigureAwait(false);
        if (showHost && shown is not null)
        {
            outlet.Write(shown);
        }
    }

    /// <summary>Asks the agent of a host what its self-destruction would remove. Nothing is done yet.</summary>
    /// <param name="session">Whose host.</param>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The destruction.</returns>
    /// <exception cref="FaultException">The folder is not that of a master.</exception>
    /// <exception cref="DecnetException">There is no such host, or its agent does not answer or refuses.</exception>
    public static async Task<SelfDestruction> AskAsync(DecnetSession session, Output.FleetHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(host);
        var fleet = await session.OpenAsync(StoreAccess.Write, cancellationToken).ConfigureAwait(false);
        var found = await MasterAccess.MasterOf(fleet).Hosts.GetAsync(host.HostId, cancellationToken).ConfigureAwait(false);
        return new SelfDestruction(host, await HostDestruction.AskAsync(fleet, found, cancellationToken).ConfigureAwait(false));
    }
}
