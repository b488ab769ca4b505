namespace Decnet.Fleet.Lifecycle;

using System.Collections.Concurrent;
using Decnet.Fleet.Containers;

/// <summary>
/// Asks the runtime once for each image, however many containers need it and whoever asks at the same time. An image that
/// could not be had is not asked for again: everybody who needs it gets the same error.
/// </summary>
/// <param name="runtime">The runtime.</param>
/// <param name="cancellationToken">Ends all requests; one who waits for a request may give up before.</param>
internal sealed class ImageGate(IContainerRuntime runtime, CancellationToken cancellationToken)
{
    readonly ConcurrentDictionary<string, Lazy<Task>> requests = new(StringComparer.Ordinal);

    internal Task EnsureAsync(ContainerSpec container, CancellationToken wait)
    {
        var request = requests.GetOrAdd(container.Image, _ => new Lazy<Task>(() => runtime.EnsureImageAsync(container, null, cancellationToken)));
        return request.Value.WaitAsync(wait);
    }
}
