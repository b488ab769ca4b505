namespace Decnet.Fleet.Lifecycle;

using Decnet.Fleet.Containers;

/// <summary>
/// Tells services that cannot start from services whose base was killed meanwhile. An engine that shuts down kills the bases and still
/// answers; it refuses then, as if for good, what can be done as soon as it is back.
/// </summary>
internal static class BaseLoss
{
    const int HighestOwnExitCode = 128;

    /// <summary>Whether a container is a base that a signal has ended. By itself it only sleeps.</summary>
    internal static bool IsKilled(ObservedContainer container) =>
        container is { Role: ContainerRole.Base, State: ContainerState.Exited, ExitCode: > HighestOwnExitCode };

    /// <summary>Starts services of a base that has just been running.</summary>
    /// <exception cref="RuntimeException">
    /// A service did not start: transient when its base is lost, a <see cref="DoubtfulRefusalException"/> when the base seems to run.
    /// </exception>
    internal static async Task GuardAsync(IContainerRuntime runtime, string? baseId, Func<Task> start, CancellationToken cancellationToken)
    {
        try
        {
            await start().ConfigureAwait(false);
        }
        catch (RuntimeException refused) when (!refused.IsTransient)
        {
            var observed = await runtime.ObserveAsync(cancellationToken).ConfigureAwait(false);
            var found = (observed as ObservedState.Known)?.Containers.FirstOrDefault(container => container.Id == baseId);
            if (observed is not ObservedState.Known || (found is not null && IsKilled(found)))
            {
                throw new RuntimeException(
                    RuntimeError.Server, $"Its base {found?.Name} was stopped while services were started in its network: {refused.Message}", refused);
            }

            if (found is { State: ContainerState.Running })
            {
                throw new DoubtfulRefusalException(refused);
            }

            throw;
        }
    }
}
