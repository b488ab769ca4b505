namespace Decnet.Fleet.Docker.Images;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker.Api;
using Microsoft.Extensions.Logging;

/// <summary>Makes sure that images are on the engine. Callers that need the same image at the same time share one pull.</summary>
internal sealed class ImageStore(EngineClient engine, ImagePolicy policy, RegistryCredentials? credentials, ILogger logger)
{
    readonly ConcurrentDictionary<string, SharedPull> pulls = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> unpinned = new(StringComparer.Ordinal);

    /// <summary>What a container is made from.</summary>
    internal string ReferenceOf(ContainerSpec container) => Choose(container).Reference.Familiar;

    internal async Task EnsureAsync(ContainerSpec container, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var choice = Choose(container);
        var reference = choice.Reference.Familiar;
        if (choice.IsUnpinned && unpinned.TryAdd(reference, true))
        {
            DockerLog.Unpinned(logger, reference);
        }

        if (await IsPresentAsync(reference, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (!choice.MayPull)
        {
            throw Missing(reference, $"the image policy is {policy}, which pulls nothing. Bring it there with docker pull, load or import, or choose another policy.");
        }

        await JoinPullAsync(choice.Reference, progress, cancellationToken).ConfigureAwait(false);
    }

    ImageChoice Choose(ContainerSpec container)
    {
        try
        {
            return ImageChoice.Of(container.Image, policy);
        }
        catch (RuntimeException error)
        {
            throw new RuntimeException(error.Error, $"The container {container.Name} has no usable image: {error.Message}", error);
        }
    }

    async Task JoinPullAsync(ImageReference reference, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            var mine = new SharedPull((report, token) => PullAsync(reference, report, token));
            var pull = pulls.GetOrAdd(reference.Familiar, mine);
            if (!pull.TryJoin(progress))
            {
                // Its last caller has just left it.
                pulls.TryRemove(new(reference.Familiar, pull));
                continue;
            }

            try
            {
                await pull.WaitAsync(progress, cancellationToken).ConfigureAwait(false);
                return;
            }
            finally
            {
                if (pull.IsLeft)
                {
                    pulls.TryRemove(new(reference.Familiar, pull));
                }
            }
        }
    }

    async Task PullAsync(ImageReference reference, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var name = reference.Familiar;
        DockerLog.Pulling(logger, name);
        var auth = credentials is null ? null : await credentials.FindAsync(reference.RegistryHost, cancellationToken).ConfigureAwait(false);
        try
        {
            var report = new PullProgress(name, progress);
            await foreach (var message in engine.Images.PullAsync(name, auth?.ToHeader(), cancellationToken).ConfigureAwait(false))
            {
                report.Tell(message);
            }
        }
        catch (DockerEngineException error) when (error.Error is RuntimeError.NotFound or RuntimeError.Forbidden or RuntimeError.Invalid || IsDenied(error))
        {
            throw Missing(
                name,
                $"it could not be pulled either: {error.EngineMessage ?? error.Message}. Check the name, log in to its registry (docker login {reference.RegistryHost}), "
                + "name a mirror in the catalog, or bring the image there with docker load.",
                error);
        }

        if (!await IsPresentAsync(name, cancellationToken).ConfigureAwait(false))
        {
            throw Missing(name, "it was pulled and still is not there. Something removes images; or its registry gave another image than was asked for.");
        }

        progress.Report($"{name}: complete");
    }

    async Task<bool> IsPresentAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Images.InspectAsync(reference, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DockerEngineException missing) when (missing.Error == RuntimeError.NotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Older engines give no status to what a registry answers during a pull, so that only their words tell that asking again
    /// is of no use. Taking one for the other costs a repetition, or the lack of one.
    /// </summary>
    static bool IsDenied(DockerEngineException error) =>
        error.EngineMessage is { } said
        && (said.Contains("manifest unknown", StringComparison.Ordinal)
            || said.Contains("pull access denied", StringComparison.Ordinal)
            || said.Contains("unauthorized", StringComparison.Ordinal));

    RuntimeException Missing(string reference, string why, Exception? cause = null) =>
        new(RuntimeError.NotFound, $"The image {reference} is not on the engine at {engine.Connection.Endpoint}, and {why}", cause);
}
