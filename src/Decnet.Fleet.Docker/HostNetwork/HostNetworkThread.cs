namespace Decnet.Fleet.Docker.HostNetwork;

/// <summary>
/// Runs calls that block in the kernel, which holds one lock for the whole network configuration, on a thread of their own. Such a
/// thread is in the network namespace of the thread that starts it; one of the pool might not be.
/// </summary>
internal static class HostNetworkThread
{
    internal static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
