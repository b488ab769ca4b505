namespace Decnet.Daemon.Hosting;

using System.Net;
using Decnet.Fleet.Model;
using Decnet.Fleet.Swarm.Contract;
using Decnet.Fleet.Swarm.Masters;

/// <summary>How a master is to run.</summary>
internal sealed record MasterSettings
{
    /// <summary>The address that it listens on.</summary>
    internal required IPAddress Listen { get; init; }

    /// <summary>The port for hosts.</summary>
    internal int Port { get; init; } = SwarmProtocol.MasterPort;

    /// <summary>The port for those that want to be hosts.</summary>
    internal int EnrolmentPort { get; init; } = SwarmProtocol.EnrolmentPort;

    /// <summary>The names and addresses for its certificate, when that is made.</summary>
    internal ValueList<string> Names { get; init; } = [];

    /// <summary>How hosts that do not report are watched.</summary>
    internal HostWatchOptions Watch { get; init; } = new();
}
