namespace Decnet.Fleet.Swarm.Tests.Agents;

using System.Collections.Concurrent;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;

/// <summary>A master that remembers what it is told, and fails when a test wants it to.</summary>
internal sealed class RecordingMaster : IMasterClient
{
    internal ConcurrentQueue<HostReport> Reports { get; } = new();

    internal ConcurrentQueue<HostFarewell> Farewells { get; } = new();

    internal TrustBundle Trust { get; set; } = new() { Version = 7, Authority = "", MasterFingerprints = [], RevocationList = "" };

    /// <summary>How the next calls fail; null for not at all.</summary>
    internal Func<int, Exception?> Failure { get; set; } = static _ => null;

    /// <summary>Whether a report is stored although its answer is lost.</summary>
    internal bool LosesAnswers { get; set; }

    /// <summary>Called with each report.</summary>
    internal Action<HostReport> Received { get; set; } = static _ => { };

    internal int Calls => calls;

    internal int TrustCalls => trustCalls;

    int calls;
    int trustCalls;

    public async Task<long> ReportAsync(HostReport report, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var failure = Failure(Interlocked.Increment(ref calls));
        if (failure is null || LosesAnswers)
        {
            Reports.Enqueue(report);
            Received(report);
        }

        return failure is null ? Trust.Version : throw failure;
    }

    public Task<TrustBundle> GetTrustAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref trustCalls);
        return Task.FromResult(Trust);
    }

    public Task<RenewalReply> RenewAsync(RenewalRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult(new RenewalReply(SwarmProtocol.Version, "new"));

    public async Task FarewellAsync(HostFarewell farewell, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (Failure(Interlocked.Increment(ref calls)) is { } failure)
        {
            throw failure;
        }

        Farewells.Enqueue(farewell);
    }

    internal static PeerUnreachableException Away(TimeSpan? retryAfter = null) => new("the master", "It is away.") { RetryAfter = retryAfter };
}
