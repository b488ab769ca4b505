namespace Decnet.Fleet.Containers;

/// <summary>
/// What Decnet needs of a container engine. Every member that changes something is one call of the engine, and can be
/// repeated: starting what runs, stopping what is stopped, removing what is gone and giving a container the name that it has
/// succeed.
/// All members may be called from several threads. Failures are <see cref="RuntimeException"/>s, except where said.
/// </summary>
public interface IContainerRuntime
{
    /// <summary>Where the engine is, for people: <c>unix:///var/run/docker.sock</c>.</summary>
    string Endpoint { get; }

    /// <summary>Lists the containers of our project in one request. It does not throw when the engine cannot be asked.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The containers, or why they are not known.</returns>
    Task<ObservedState> ObserveAsync(CancellationToken cancellationToken = default);

    /// <summary>Signals that containers may have changed. The sequence goes on over losses of the connection.</summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <returns>A sequence of signals without end.</returns>
    IAsyncEnumerable<RuntimeSignal> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds a network by its exact name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The network, or null.</returns>
    Task<ObservedNetwork?> FindNetworkAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Makes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is there.</returns>
    Task CreateNetworkAsync(NetworkSpec network, CancellationToken cancellationToken = default);

    /// <summary>Removes a network.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is gone.</returns>
    Task RemoveNetworkAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Makes sure that the image of a container is there, pulling it when the runtime's policy allows.</summary>
    /// <param name="container">The container.</param>
    /// <param name="progress">Told what the pull does; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the image is there.</returns>
    Task EnsureImageAsync(ContainerSpec container, IProgress<string>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a container without starting it.</summary>
    /// <param name="container">What makes it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="baseContainerId">For a service, the id of the base whose network namespace it joins; null for a base.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The id.</returns>
    Task<string> CreateContainerAsync(
        ContainerSpec container, string name, string? baseContainerId, CancellationToken cancellationToken = default);

    /// <summary>Starts a container.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it runs.</returns>
    Task StartContainerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Stops a container.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="grace">How long it may take before it is killed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is stopped.</returns>
    Task StopContainerAsync(string id, TimeSpan grace, CancellationToken cancellationToken = default);

    /// <summary>Gives a container another name.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">The new name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it has it.</returns>
    Task RenameContainerAsync(string id, string name, CancellationToken cancellationToken = default);

    /// <summary>Removes a container, running or not, with its anonymous volumes.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is gone.</returns>
    Task RemoveContainerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads the last lines that a container wrote, to tell why it ended. It changes nothing.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="lines">How many lines at most, from 1 on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Standard output and standard error in the order of their writing, empty when nothing was written: at most 4,000
    /// characters, of which the last are kept, with <c>\n</c> between lines, none at the end, and no other control characters
    /// but tabs.
    /// </returns>
    /// <exception cref="RuntimeException">The container is gone (<see cref="RuntimeError.NotFound"/>), or its log cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lines"/> is less than 1.</exception>
    Task<string> ReadLogTailAsync(string id, int lines, CancellationToken cancellationToken = default);
}
