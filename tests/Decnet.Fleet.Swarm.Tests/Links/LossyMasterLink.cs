namespace Decnet.Fleet.Swarm.Tests.Links;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;

/// <summary>The way from a host to its master, in memory: reports get lost, arrive twice, or arrive again much later, and answers get lost.</summary>
internal sealed class LossyMasterLink(HostLedger ledger, HostId host, Random random, double loss) : IMasterClient
{
    readonly List<HostReport> earlier = [];

    internal int Arrived { get; private set; }

    public async Task<long> ReportAsync(HostReport report, CancellationToken cancellationToken = default)
    {
        Lose("The report");
        await ArriveAsync(report);
        if (Chance())
        {
            await ArriveAsync(report);
        }

        if (Chance())
        {
            await ArriveAsync(earlier[random.Next(earlier.Count)]);
        }

        Lose("The answer");
        return 7;
    }

    public Task<TrustBundle> GetTrustAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<RenewalReply> RenewAsync(RenewalRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task FarewellAsync(HostFarewell farewell, CancellationToken cancellationToken = default) => ledger.FarewellAsync(host, farewell, cancellationToken);

    async Task ArriveAsync(HostReport report)
    {
        earlier.Add(report);
        Arrived++;
        await ledger.ReceiveAsync(host, LossyAgentLink.Over(report, SwarmJsonContext.Default.HostReport));
    }

    bool Chance() => random.NextDouble() < loss;

    void Lose(string what)
    {
        if (Chance())
        {
            throw new PeerUnreachableException("the master", $"{what} was lost.");
        }
    }
}
