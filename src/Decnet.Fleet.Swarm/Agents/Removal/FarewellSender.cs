namespace Decnet.Fleet.Swarm.Agents.Removal;

using Decnet.Fleet.Operations;
using Decnet.Fleet.Swarm.Clients;
using Decnet.Fleet.Swarm.Contract;
using Microsoft.Extensions.Logging;

/// <summary>Tells the master how the removal of a host ended, and does not give up at once.</summary>
internal sealed class FarewellSender(IMasterClient master, TimeSpan limit, TimeProvider clock, Random random, ILogger logger)
{
    static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(20);

    readonly RetryOptions retry = new();

    /// <summary>Tells it.</summary>
    /// <returns>Whether the master has heard.</returns>
    internal async Task<bool> SendAsync(HostFarewell farewell, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            using var patience = new CancellationTokenSource(AttemptLimit, clock);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await master.FarewellAsync(farewell, ended.Token).ConfigureAwait(false);
                return true;
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                AgentLog.Unheard(logger, error.Message);
                if (error is RequestRefusedException || clock.GetElapsedTime(begin) >= limit)
                {
                    return false;
                }
            }

            await Task.Delay(retry.Delay(attempt, random), clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
