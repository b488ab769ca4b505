namespace Decnet.Fleet.Docker.Observing;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;

/// <summary>Lists the containers of our project with one request, and looks closer only at services that seem to be cut off.</summary>
internal sealed class ContainerObserver(EngineClient engine, TimeProvider clock, FleetProject project)
{
    readonly string ours = EngineFilters.Of(("label", [project.Label]));

    readonly NetworkLossProof proof = new(engine);

    /// <summary>The texts of the last listing; null while a listing uses them.</summary>
    TextCache? spare = new();

    internal async Task<ObservedState> ObserveAsync(CancellationToken cancellationToken)
    {
        var texts = Interlocked.Exchange(ref spare, null) ?? new TextCache();
        try
        {
            var asked = clock.GetTimestamp();
            var listed = await engine.Containers.ListAsync(
                ours, (stream, token) => new ContainerListReader(texts, project).ReadAsync(stream, token), cancellationToken).ConfigureAwait(false);
            var containers = NetworkLoss.Judge(listed, clock.GetElapsedTime(asked));
            if (Array.Exists(containers, container => container.NetworkLost))
            {
                await proof.CorrectAsync(containers, NetworkLoss.JustBegun(listed), cancellationToken).ConfigureAwait(false);
            }

            return new ObservedState.Known(containers);
        }
        catch (DockerEngineException error)
        {
            return new ObservedState.Unreachable(error.Message);
        }
        finally
        {
            texts.EndRound();
            Volatile.Write(ref spare, texts);
        }
    }
}
