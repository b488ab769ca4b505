namespace Decnet.Daemon.Hosting;

using Decnet.Fleet.Docker;
using Decnet.Fleet.Model;
using Decnet.Fleet.State;

/// <summary>What the global options and the environment say. Options come first.</summary>
internal sealed record DaemonSettings
{
    internal required StateFolder Folder { get; init; }

    internal required HostId HostId { get; init; }

    /// <summary>Reads an environment variable as the options have changed it.</summary>
    internal required Func<string, string?> Variable { get; init; }

    /// <exception cref="DecnetException">A variable is wrong.</exception>
    internal static DaemonSettings Create(Func<string, string?> environment, string? stateDir, HostId? hostId, string? dockerHost)
    {
        string? Variable(string name) => name switch
        {
            StateFolder.EnvironmentVariable => stateDir ?? environment(name),
            DockerEnvironment.HostIdVariable => hostId?.Value ?? environment(name),
            "DOCKER_HOST" => dockerHost ?? environment(name),
            _ => environment(name),
        };
        return new DaemonSettings
        {
            Variable = Variable,
            Folder = StateFolder.Resolve(Variable),
            HostId = DockerEnvironment.Apply(new DockerRuntimeOptions(), Variable).HostId,
        };
    }
}
