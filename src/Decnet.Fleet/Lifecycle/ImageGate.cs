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
    readonly ConcurrentDictionary<(string? Image, string? Service), Lazy<Task>> requests = [];

    internal Task EnsureAsync(ContainerSpec container, CancellationToken wait)
    {
        // What stands in for a service without an image is the runtime's affair, and may differ by service.
        var key = (container.Image, container.Image is null ? container.ServiceName : null);
        var request = requests.GetOrAdd(key, _ => new Lazy<Task>(() => runtime.EnsureImageAsync(container, null, cancellationToken)));
        return request.Value.WaitAsync(wait);
    }
}
