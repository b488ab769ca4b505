namespace Decnet.Shell.Hosts;

using Decnet.Fleet.Hosting;
using Decnet.Shell.Flow;
using Decnet.Shell.Sessions;
using Output = Decnet.Shell.Output;

/// <summary>Asks the agents of hosts how they are.</summary>
public static class HostTests
{
    /// <summary>How many hosts are asked at the same time.</summary>
    public const int DefaultLimit = 8;

    /// <summary>Asks agents, and tells whether all are reachable.</summary>
    /// <param name="session">Whose hosts.</param>
    /// <param name="hosts">The identities of the hosts.</param>
    /// <param name="limit">How many are asked at the same time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when all are.</returns>
    /// <exception cref="FaultException">The folder is not that of a master.</exception>
    public static async Task<bool> AllAnswerAsync(DecnetSession session, IReadOnlyCollection<string> hosts, int limit, CancellationToken cancellationToken)
    {
        var silent = 0;
        await AskAsync(session, hosts, limit, test => silent += test.Reachable ? 0 : 1, cancellationToken).ConfigureAwait(false);
        return silent == 0;
    }

    /// <summary>Asks agents, and puts out what comes of each.</summary>
    /// <param name="session">Whose hosts.</param>
    /// <param name="hosts">The identities of the hosts.</param>
    /// <param name="limit">How many are asked at the same time.</param>
    /// <param name="outlet">Takes one result for each host, as they come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the last result.</returns>
    /// <exception cref="FaultException">The folder is not that of a master.</exception>
    public static Task RunAsync(DecnetSession session, IReadOnlyCollection<string> hosts, int limit, IOutlet outlet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outlet);
        var done = 0;
        return AskAsync(
            session,
            hosts,
            limit,
            test =>
            {
                outlet.Write(test);
                outlet.Report(new WorkProgress(test.Name, ++done, hosts.Count));
            },
            cancellationToken);
    }

    /// <summary>Asks several at a time; what comes of them is told one by one.</summary>
    static async Task AskAsync(DecnetSession session, IReadOnlyCollection<string> hosts, int limit, Action<Output.HostTest> tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(hosts);
        var fleet = await session.OpenAsync(StoreAccess.Read, cancellationToken).ConfigureAwait(false);
        var master = MasterAccess.MasterOf(fleet);
        var wanted = (await master.Hosts.ListAsync(cancellationToken).ConfigureAwait(false)).Where(host => hosts.Contains(host.HostId.Value));
        var gate = new Lock();
        await Parallel.ForEachAsync(
            wanted,
            new ParallelOptions { MaxDegreeOfParallelism = limit, CancellationToken = cancellationToken },
            async (host, token) =>
            {
                var test = Output.HostTest.Of(await HostProbe.AskAsync(master, host, session.Clock, token).ConfigureAwait(false));
                lock (gate)
                {
                    tell(test);
                }
            }).ConfigureAwait(false);
    }
}
