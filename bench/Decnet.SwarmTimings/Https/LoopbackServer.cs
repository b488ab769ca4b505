namespace Decnet.SwarmTimings.Https;

using System.Net;
using Decnet.Fleet.Swarm.AspNetCore.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>The web server of <c>decnetd</c>, on a port of loopback that is free.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    readonly WebApplication application;

    LoopbackServer(WebApplication application)
    {
        this.application = application;
        Port = new Uri(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
    }

    internal static IPEndPoint AnyPort { get; } = new(IPAddress.Loopback, 0);

    internal int Port { get; }

    internal static async Task<LoopbackServer> StartAsync(Action<KestrelServerOptions> listen, Action<IEndpointRouteBuilder> map)
    {
        var application = SwarmServer.Build(listen, map, NullLoggerFactory.Instance);
        await application.StartAsync();
        return new LoopbackServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
