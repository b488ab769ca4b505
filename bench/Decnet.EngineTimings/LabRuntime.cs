namespace Decnet.EngineTimings;

using Decnet.Fleet.Containers;
using Decnet.Fleet.Docker;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Endpoints;
using Decnet.Fleet.Docker.Images;
using Decnet.Fleet.Docker.Transport;
using Microsoft.Extensions.Logging.Abstractions;

/// <summary>The runtime as <see cref="DockerContainerRuntime.Connect"/> makes it, with its requests counted.</summary>
internal sealed class LabRuntime : IDisposable
{
    static readonly DockerRuntimeOptions Options = new() { ImagePolicy = ImagePolicy.Tag };

    readonly DockerContainerRuntime runtime;

    LabRuntime(RequestTally tally, DockerContainerRuntime runtime)
    {
        Tally = tally;
        this.runtime = runtime;
    }

    internal IContainerRuntime Runtime => runtime;

    internal RequestTally Tally { get; }

    internal static LabRuntime Connect(string address)
    {
        var endpoint = DockerEndpoint.Parse(address);
        var tally = new RequestTally(EngineTransport.Create(endpoint, new TransportOptions(), TimeProvider.System));
        var engine = new EngineClient(new EngineConnection(endpoint, tally, Options.Timeouts, Options.ApiVersion, TimeProvider.System));
        return new LabRuntime(tally, new DockerContainerRuntime(engine, Options, null, NullLogger.Instance, TimeProvider.System, () => new Random()));
    }

    public void Dispose() => runtime.Dispose();
}
