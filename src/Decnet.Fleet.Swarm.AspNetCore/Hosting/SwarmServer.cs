namespace Decnet.Fleet.Swarm.AspNetCore.Hosting;

using Decnet.Fleet.Swarm.AspNetCore.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>A web server with nothing but Kestrel, routing and our endpoints: no configuration files, no environment, no signals.</summary>
internal static class SwarmServer
{
    /// <summary>So long requests under way may take to end when the server stops.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Builds a server that has not been started.</summary>
    /// <param name="listen">Where and how it listens.</param>
    /// <param name="map">What it answers.</param>
    /// <param name="logs">Where it logs; of ASP.NET Core itself only what is wrong.</param>
    internal static WebApplication Build(Action<KestrelServerOptions> listen, Action<IEndpointRouteBuilder> map, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<ILoggerFactory>(new FrameworkLogs(logs));
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Farewell);
        var server = builder.Build();
        server.Use(AnswerUnmappedAsync);
        server.UseRouting();
        map(server);
        return server;
    }

    /// <summary>Gives what no endpoint answers a body as all other problems have.</summary>
    static async Task AnswerUnmappedAsync(Microsoft.AspNetCore.Http.HttpContext context, Microsoft.AspNetCore.Http.RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        var response = context.Response;
        if (response.HasStarted || response.StatusCode is not (404 or 405))
        {
            return;
        }

        var problem = response.StatusCode == 404
            ? Problems.Make(404, "unknown-path", "There is no such path", $"See {OpenApi.OpenApiDocument.Path} for those that there are.")
            : Problems.Make(405, "wrong-method", "The path does not take this method", $"It takes {response.Headers.Allow}.");
        await SwarmAnswer.Problem(problem).WriteAsync(response, context.RequestAborted).ConfigureAwait(false);
    }
}
