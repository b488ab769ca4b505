namespace Decnet.Fleet.Docker.Watching;

using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;

/// <summary>
/// Waits until a listing shows what an event told. The engine (moby, <c>daemon/monitor.go</c>) tells of an end before it takes
/// the container's network and file system down, and only then changes the listing: 10 ms later, and under load 100. All the
/// while it holds the container, so that an inspection of it is answered when the listing has changed.
/// </summary>
internal sealed class ListingLag(EngineClient engine, TimeProvider clock)
{
    /// <summary>An engine that takes longer has other troubles; then the next pass sees it.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    internal async Task PassAsync(EngineEvent told, CancellationToken cancellationToken)
    {
        if (told is not { Action: "die" or "pause" or "unpause", Actor.ID: { Length: > 0 } id })
        {
            return;
        }

        using var patience = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await engine.Containers.InspectAsync(id, either.Token).ConfigureAwait(false);
        }
        catch (DockerEngineException)
        {
            // It is gone, or the engine is.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The signal is given late rather than never.
        }
    }
}
