namespace Decnet.Fleet.Swarm.AspNetCore.Hosting;

using Microsoft.Extensions.Hosting;

/// <summary>Leaves it to the program when the server starts and stops; signals are the program's, too.</summary>
internal sealed class OwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
