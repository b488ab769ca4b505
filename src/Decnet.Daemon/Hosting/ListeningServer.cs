namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.AspNetCore.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

/// <summary>A web server that listens until it is disposed of.</summary>
internal sealed class ListeningServer : IAsyncDisposable
{
    readonly WebApplication application;

    ListeningServer(WebApplication application)
    {
        this.application = application;
        Addresses = [.. application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
    }

    /// <summary>Where it listens, in the order in which it was told to.</summary>
    internal ValueList<string> Addresses { get; }

    /// <exception cref="DecnetException">A port is taken, or an address is not this machine's.</exception>
    internal static async Task<ListeningServer> StartAsync(
        Action<KestrelServerOptions> listen, Action<IEndpointRouteBuilder> map, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var application = SwarmServer.Build(listen, map, logs);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return new ListeningServer(application);
        }
        catch (Exception error)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw error is IOException or System.Net.Sockets.SocketException
                ? new DecnetException($"It cannot listen: {error.Message} Choose another --port or --listen, or end who listens there.", error)
                : error;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }
}
